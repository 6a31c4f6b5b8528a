package dev.paddock.settings;

import dev.paddock.api.settings.HostAddress;
import dev.paddock.api.settings.Setting;
import java.util.List;
import java.util.Map;

/** Values for Felix's HTTP service, which declares none that are safe: it would listen on every interface. */
final class HttpDefaults {
    static final String PID = "org.apache.felix.http";
    static final String HOST = "org.apache.felix.http.host";
    static final String PORT = "org.osgi.service.http.port";

    /** Milliseconds and bytes. */
    private static final Map<String, Object> VALUES = Map.of(
            HOST,
            HostAddress.DEFAULT_HOST,
            PORT,
            HostAddress.DEFAULT_PORT,
            "org.apache.felix.http.enable",
            true,
            "org.apache.felix.https.enable",
            false,
            "org.apache.felix.http.timeout",
            60_000,
            "org.apache.felix.http.jetty.virtualthreads.enable",
            true,
            "org.apache.felix.http.jetty.headerBufferSize",
            16_384,
            "org.apache.felix.http.jetty.responseBufferSize",
            8_192,
            // The edge bounds bodies itself: Jetty's limit turns a chunked body that is too large into a 500.
            "org.apache.felix.http.jetty.requestSizeLimit",
            -1,
            "org.apache.felix.jetty.stopTimeout",
            5_000);

    private HttpDefaults() {}

    static List<Setting> all() {
        return VALUES.entrySet().stream()
                .map(e -> new Setting(PID, e.getKey(), e.getValue(), "default"))
                .toList();
    }
}
