package dev.paddock.health;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.web.Exchange;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** What answers GET and HEAD, and says so to everything else. */
abstract class Probe extends HttpServlet {
    private static final long serialVersionUID = 1L;
    static final String PLAIN = "text/plain; charset=utf-8";

    private static final Set<String> METHODS = Set.of("GET", "HEAD");

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        request.setAttribute(Exchange.ROUTE, request.getServletPath());
        if (METHODS.contains(request.getMethod())) {
            super.service(request, response);
            return;
        }
        response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        response.setHeader("Allow", "GET, HEAD");
        response.setContentType("text/plain");
        response.getOutputStream().write("405 method not allowed".getBytes(StandardCharsets.UTF_8));
    }

    /** What whoever asks may read: reasons name models and files of the host, which is nothing for strangers. */
    static List<Finding> readable(List<Finding> findings, HttpServletRequest request) {
        return known(request) ? findings : findings.stream().map(Finding::bare).toList();
    }

    private static boolean known(HttpServletRequest request) {
        if (!(request.getAttribute(Exchange.ATTRIBUTE) instanceof Exchange exchange)) return false;
        try {
            exchange.requireKnown();
            return true;
        } catch (PaddockException _) {
            return false;
        }
    }

    /** Answers with 200 when it holds, else with 503. */
    static void answer(HttpServletResponse response, boolean holds, String type, String text) throws IOException {
        response.setStatus(holds ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType(type);
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }
}
