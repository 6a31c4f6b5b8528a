package dev.paddock.transfer.net;

import java.net.URI;
import java.util.Locale;

/**
 * Who answers at an address: what tokens belong to.
 *
 * @param scheme {@code http} or {@code https}
 * @param host name or address in lower case, IPv6 without brackets
 * @param port always given
 */
public record Origin(String scheme, String host, int port) {
    /**
     * Of an absolute address with a host.
     *
     * @throws IllegalArgumentException for any other, or another scheme than http and https
     */
    public static Origin of(URI address) {
        String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new IllegalArgumentException("an address of a registry begins with https:// or http://");
        }
        if (address.getHost() == null || address.getUserInfo() != null) {
            throw new IllegalArgumentException("an address of a registry has a host and no user in it");
        }
        String host = address.getHost().toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", "");
        int port = address.getPort() >= 0 ? address.getPort() : scheme.equals("https") ? 443 : 80;
        return new Origin(scheme, host, port);
    }

    /** Whether what is said there can be read on the way. */
    public boolean plain() {
        return scheme.equals("http");
    }

    /** {@code host} or, where the port is not the usual one, {@code host:port}. */
    public String authority() {
        String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return port == (plain() ? 80 : 443) ? name : name + ":" + port;
    }
}
