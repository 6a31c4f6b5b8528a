package dev.paddock.settings;

import static java.util.Map.entry;

import dev.paddock.api.settings.Declaration;
import dev.paddock.api.settings.HostAddress;
import dev.paddock.api.settings.Setting;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

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

    /** Felix describes them for programmers; they are read when the port is opened, so that no answer is cut. */
    private static final Map<String, String> WORDS = Map.ofEntries(
            entry(HOST, "Address to listen on; 0.0.0.0 = all."),
            entry(PORT, "Port to listen on, 0 to 65535; 0 = any that is free."),
            entry("org.apache.felix.http.enable", "Whether plain HTTP is served."),
            entry("org.apache.felix.https.enable", "Whether Felix serves HTTPS beside."),
            entry("org.apache.felix.http.timeout", "Milliseconds that a connection may be silent."),
            entry("org.apache.felix.http.jetty.virtualthreads.enable", "Whether each request has a virtual thread."),
            entry("org.apache.felix.http.jetty.headerBufferSize", "Most bytes of a request's headers."),
            entry("org.apache.felix.http.jetty.responseBufferSize", "Bytes of an answer that are sent together."),
            entry("org.apache.felix.http.jetty.requestSizeLimit", "Jetty's limit of bodies; -1: the edge has its own."),
            entry("org.eclipse.jetty.UriComplianceMode", "How strict Jetty is with paths: LEGACY, DEFAULT, RFC3986."),
            entry("org.apache.felix.jetty.stopTimeout", "Milliseconds that stopping waits for requests."));

    private HttpDefaults() {}

    /** What of Felix's HTTP service Paddock has a say in. */
    static SortedMap<String, Declaration> declared() {
        SortedMap<String, Declaration> declared = new TreeMap<>();
        VALUES.forEach((key, value) -> declared.put(
                key,
                new Declaration(
                        key.substring(key.lastIndexOf('.') + 1),
                        WORDS.get(key) + Declaration.NEXT_START,
                        type(value),
                        "",
                        value,
                        List.of(),
                        false)));
        return declared;
    }

    private static Declaration.Type type(Object value) {
        if (value instanceof Boolean) return Declaration.Type.BOOLEAN;
        return value instanceof Integer ? Declaration.Type.INTEGER : Declaration.Type.TEXT;
    }

    static List<Setting> all() {
        return VALUES.entrySet().stream()
                .map(e -> new Setting(PID, e.getKey(), e.getValue(), "default"))
                .toList();
    }
}
