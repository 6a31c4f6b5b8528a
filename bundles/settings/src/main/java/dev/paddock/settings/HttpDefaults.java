package dev.paddock.settings;

import static java.util.Map.entry;

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
    private static final Map<String, Object> VALUES = Map.ofEntries(
            entry(HOST, HostAddress.DEFAULT_HOST),
            entry(PORT, HostAddress.DEFAULT_PORT),
            entry("org.apache.felix.http.enable", true),
            entry("org.apache.felix.https.enable", false),
            entry("org.apache.felix.http.timeout", 60_000),
            entry("org.apache.felix.http.jetty.virtualthreads.enable", true),
            // Many clients that come at once must not be told to come again in a second.
            entry("org.apache.felix.http.jetty.acceptQueueSize", 1024),
            entry("org.apache.felix.http.jetty.headerBufferSize", 16_384),
            entry("org.apache.felix.http.jetty.responseBufferSize", 8_192),
            // The edge bounds bodies itself: Jetty's limit turns a chunked body that is too large into a 500.
            entry("org.apache.felix.http.jetty.requestSizeLimit", -1),
            // Clients write the slash of a model's name as %2F.
            entry("org.eclipse.jetty.UriComplianceMode", "LEGACY"),
            entry("org.apache.felix.jetty.stopTimeout", 5_000));

    private HttpDefaults() {}

    static List<Setting> all() {
        return VALUES.entrySet().stream()
                .map(e -> new Setting(PID, e.getKey(), e.getValue(), "default"))
                .toList();
    }
}
