package dev.paddock.api.settings;

import java.util.Locale;
import java.util.function.Consumer;

/**
 * Where a server listens or a client looks for it, as {@code PADDOCK_HOST} and {@code OLLAMA_HOST} write it:
 * {@code [scheme://][host][:port][/path]}.
 *
 * @param scheme {@code http} or {@code https}; others are kept as they were written
 * @param host a name or an address without brackets; empty = all interfaces
 * @param port 0 to 65535; 0 = any free port
 * @param path prefix of every request's path, {@code /ollama}; empty when there is none
 */
public record HostAddress(String scheme, String host, int port, String path) {
    public static final String DEFAULT_HOST = "127.0.0.1";
    public static final int DEFAULT_PORT = 11434;
    /** Where a server listens, and is looked for, when nothing is said. */
    public static final HostAddress DEFAULT = new HostAddress("http", DEFAULT_HOST, DEFAULT_PORT, "");

    private static final int MAX_PORT = 65_535;

    /**
     * Reads an address; what is missing is filled in. Blanks and quotes around it are dropped. Nothing is refused: what
     * cannot be used is complained of and the default takes its place.
     *
     * @param text as the user wrote it; null or empty gives {@link #DEFAULT}
     * @param complaints is told in one sentence what was wrong
     */
    public static HostAddress parse(String text, Consumer<String> complaints) {
        String rest = text == null ? "" : UserEnvironment.trimmed(text);
        if (rest.equals("ollama.com")) return new HostAddress("https", "ollama.com", 443, "");
        int mark = rest.indexOf("://");
        String scheme = mark < 0 ? "http" : rest.substring(0, mark).toLowerCase(Locale.ROOT);
        int defaultPort = mark < 0 ? DEFAULT_PORT : schemePort(scheme);
        if (mark >= 0) rest = rest.substring(mark + 3);
        int slash = rest.indexOf('/');
        String path = slash < 0 ? "" : rest.substring(slash).replaceAll("/+$", "");
        if (slash >= 0) rest = rest.substring(0, slash);

        int colon = portColon(rest);
        String host = rest.substring(0, colon < 0 ? rest.length() : colon);
        int port = colon < 0 ? defaultPort : port(rest.substring(colon + 1), defaultPort, complaints);
        if (host.startsWith("[") && host.endsWith("]")) host = host.substring(1, host.length() - 1);
        if (host.isEmpty() && colon < 0) host = DEFAULT_HOST;
        return new HostAddress(scheme, host, port, path);
    }

    /** The same for a caller who is content with the default in place of what cannot be used. */
    public static HostAddress parse(String text) {
        return parse(text, _ -> {});
    }

    private static int schemePort(String scheme) {
        return switch (scheme) {
            case "http" -> 80;
            case "https" -> 443;
            default -> DEFAULT_PORT;
        };
    }

    /** The colon before the port; -1 when there is none. An address with several colons and no brackets is IPv6. */
    private static int portColon(String hostPort) {
        int last = hostPort.lastIndexOf(':');
        if (hostPort.startsWith("[")) return last > hostPort.indexOf(']') ? last : -1;
        return last == hostPort.indexOf(':') ? last : -1;
    }

    private static int port(String text, int otherwise, Consumer<String> complaints) {
        if (text.matches("[0-9]{1,5}")) {
            int port = Integer.parseInt(text);
            if (port <= MAX_PORT) return port;
        }
        complaints.accept("the port \"" + text + "\" is not a number from 0 to " + MAX_PORT + "; " + otherwise
                + " is used instead");
        return otherwise;
    }

    /** Where a client on this machine reaches a server that listens there: all interfaces become loopback. */
    public HostAddress forClient() {
        return switch (host) {
            case "", "0.0.0.0" -> new HostAddress(scheme, DEFAULT_HOST, port, path);
            case "::" -> new HostAddress(scheme, "::1", port, path);
            default -> this;
        };
    }

    /** {@code host:port} with IPv6 addresses in brackets. */
    public String authority() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    /** {@code scheme://host:port/path}. */
    @Override
    public String toString() {
        return scheme + "://" + authority() + path;
    }
}
