package dev.paddock.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.NetworkConnector;

/** Decides whether a request is served; answers it when it is not. */
final class Admission {
    /** A part of a path that is . or .. however it is written: no client means it, and what it leads to depends on who reads. */
    private static final Pattern DOTS = Pattern.compile(
            "(?:^|/|%2f|\\\\|%5c)(?:\\.|%2e){1,2}(?:;[^/]*)?(?:/|%2f|\\\\|%5c|$)", Pattern.CASE_INSENSITIVE);

    private final Cors cors;
    private final HostCheck hosts;
    private final boolean consoleForAll;

    Admission(Cors cors, HostCheck hosts, boolean consoleForAll) {
        this.cors = cors;
        this.hosts = hosts;
        this.consoleForAll = consoleForAll;
    }

    /** Whether the request may go on; otherwise it was answered. */
    boolean admits(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (onLoopback(request) && !hosts.allows(request.getHeader("Host"))) {
            return forbid(response, "this Host is not allowed; add its name to the setting hosts of dev.paddock.web");
        }
        if (DOTS.matcher(request.getRequestURI()).find()) {
            return refuse(response, HttpServletResponse.SC_BAD_REQUEST, "a path must not hold . or .. as a part");
        }
        if (!consoleForAll && console(request) && !Callers.local(request)) {
            return forbid(
                    response,
                    "/system is for this machine only, and not through a proxy; see console.remote of dev.paddock.web");
        }
        return switch (cors.check(request, response)) {
            case ANSWERED -> false;
            case FORBIDDEN ->
                forbid(response, "this Origin is not allowed; add it to the setting origins of dev.paddock.web");
            case PASS -> !plainOptions(request, response);
        };
    }

    private static boolean plainOptions(HttpServletRequest request, HttpServletResponse response) {
        if (!request.getMethod().equals("OPTIONS")) return false;
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        return true;
    }

    private static boolean console(HttpServletRequest request) {
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        String plain = path.replaceAll("/+", "/").toLowerCase(Locale.ROOT);
        return plain.equals("/system") || plain.startsWith("/system/") || plain.startsWith("/system;");
    }

    /** Whether the listener takes connections from this machine only; a wider one is guarded by other means. */
    private static boolean onLoopback(HttpServletRequest request) throws IOException {
        var connector = ServletContextRequest.getServletContextRequest(request)
                .getConnectionMetaData()
                .getConnector();
        if (!(connector instanceof NetworkConnector network)) return false;
        return network.getHost() != null
                && InetAddress.getByName(network.getHost()).isLoopbackAddress();
    }

    private static boolean forbid(HttpServletResponse response, String reason) throws IOException {
        return refuse(response, HttpServletResponse.SC_FORBIDDEN, reason);
    }

    private static boolean refuse(HttpServletResponse response, int status, String reason) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain; charset=utf-8");
        response.getOutputStream().write((reason + "\n").getBytes(StandardCharsets.UTF_8));
        return false;
    }
}
