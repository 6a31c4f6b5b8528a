package dev.paddock.console;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Tells requests that a page of another origin has the browser make. The browser sends the operator's password along with
 * them, so it proves nothing. Another port of this machine is another origin.
 */
final class CrossSite {
    private static final Set<String> SAFE = Set.of("GET", "HEAD");
    private static final Set<String> OURS = Set.of("same-origin", "none");

    private CrossSite() {}

    /**
     * Whether it is one. Somebody who follows a link to the console is none: what comes of it is shown to them alone, as
     * nobody may frame it.
     */
    static boolean is(HttpServletRequest request) {
        boolean safe = SAFE.contains(request.getMethod());
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) return !OURS.contains(site) && !(safe && followsLink(request));
        // Old browsers, and pages of plain HTTP from other machines.
        String origin = request.getHeader("Origin");
        if (origin != null) return !same(origin, request);
        String referer = request.getHeader("Referer");
        return !safe && referer != null && !same(referer, request);
    }

    private static boolean followsLink(HttpServletRequest request) {
        return "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
                && "document".equals(request.getHeader("Sec-Fetch-Dest"));
    }

    /** Whether an address is of this server, by the name that the browser knows it by; {@code null} is of nobody. */
    private static boolean same(String address, HttpServletRequest request) {
        try {
            URI uri = URI.create(address);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            String host = request.getHeader("Host");
            return http && host != null && host.toLowerCase(Locale.ROOT).equals(authority(uri));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String authority(URI uri) {
        return uri.getRawAuthority() == null ? "" : uri.getRawAuthority().toLowerCase(Locale.ROOT);
    }
}
