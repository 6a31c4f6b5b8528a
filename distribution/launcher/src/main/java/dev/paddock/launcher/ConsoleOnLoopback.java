package dev.paddock.launcher;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import org.osgi.service.servlet.whiteboard.Preprocessor;

/** Shows the operator's pages under {@code /system} to callers on this machine only, wherever the server listens. */
final class ConsoleOnLoopback implements Preprocessor {
    private static final String OPERATION = "/system/";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest http
                && http.getRequestURI().startsWith(OPERATION)
                && !InetAddress.getByName(http.getRemoteAddr()).isLoopbackAddress()) {
            ((HttpServletResponse) response).sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        chain.doFilter(request, response);
    }
}
