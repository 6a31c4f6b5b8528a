package dev.paddock.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which Host headers a server on loopback answers. A page in a browser cannot forge this header, so a foreign name
 * means that a foreign site made its name point to this machine (DNS rebinding).
 */
final class HostCheck {
    private static final List<String> LOCAL_SUFFIXES = List.of(".localhost", ".local", ".internal");

    private final Set<String> names;

    /** @param names allowed besides the usual ones, for example this machine's name */
    HostCheck(Set<String> names) {
        this.names = names;
    }

    /** Whether a Host header, with or without a port, may be served. */
    boolean allows(String header) {
        if (header == null || header.isBlank()) return true;
        String host = withoutPort(header.strip()).toLowerCase(Locale.ROOT);
        if (host.isEmpty() || host.equals("localhost") || names.contains(host)) return true;
        if (LOCAL_SUFFIXES.stream().anyMatch(host::endsWith)) return true;
        try {
            return near(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String withoutPort(String header) {
        if (header.startsWith("[")) {
            int end = header.indexOf(']');
            return end < 0 ? header : header.substring(1, end);
        }
        int colon = header.indexOf(':');
        return colon >= 0 && colon == header.lastIndexOf(':') ? header.substring(0, colon) : header;
    }

    /** Loopback, private, unspecified, or one of this machine's own. */
    private static boolean near(InetAddress address) {
        if (address.isLoopbackAddress() || address.isAnyLocalAddress() || address.isSiteLocalAddress()) return true;
        if (address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc) return true;
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }
}
