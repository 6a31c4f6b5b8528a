package dev.paddock.web;

import dev.paddock.api.fault.BusyException;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.security.Scope;
import dev.paddock.api.web.Exchange;
import dev.paddock.api.web.OpenToAll;
import dev.paddock.api.web.SelfGuarded;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.propertytypes.ServiceRanking;
import org.osgi.service.servlet.whiteboard.HttpWhiteboardConstants;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterPattern;

/**
 * Lets a request reach the servlet that was found for it. A servlet that guards itself refuses in the form of its own API,
 * one that is open needs no guard; all others are for admins. It stands behind the choice of the servlet, the container's
 * own, so that no way of writing a path gets around it.
 */
@Component(service = Filter.class)
@HttpWhiteboardFilterPattern("/*")
@HttpWhiteboardContextSelect("(" + HttpWhiteboardConstants.HTTP_WHITEBOARD_CONTEXT_NAME + "=*)")
@HttpWhiteboardFilterAsyncSupported
@ServiceRanking(Integer.MAX_VALUE)
public final class Gate implements Filter {
    /** The web console has a login of its own, and is for this machine unless its setting says otherwise. */
    private static final String CONSOLE = "/system/console";

    /**
     * A servlet as the container knows it.
     *
     * @param free whether it needs no guard here
     */
    private record Known(String name, boolean free) {}

    /** By themselves: for a moment there may be two of a name, an old one and its successor. */
    private final Map<Servlet, Known> servlets = new ConcurrentHashMap<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addServlet(Servlet servlet, Map<String, Object> properties) {
        boolean free = servlet instanceof SelfGuarded || Boolean.TRUE.equals(properties.get(OpenToAll.PROPERTY));
        servlets.put(servlet, new Known(name(servlet, properties), free));
    }

    void removeServlet(Servlet servlet) {
        servlets.remove(servlet);
    }

    private static String name(Servlet servlet, Map<String, Object> properties) {
        Object name = properties.get(HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_NAME);
        return name instanceof String text ? text : servlet.getClass().getName();
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        try {
            if (!free(asked)) exchange(asked).require(Scope.ADMIN);
        } catch (PaddockException e) {
            refuse((HttpServletResponse) response, e);
            return;
        }
        chain.doFilter(request, response);
    }

    /** All of the name must be, and there must be one. */
    private boolean free(HttpServletRequest request) {
        if (request.getContextPath().equals(CONSOLE)) return true;
        String name = request.getHttpServletMapping().getServletName();
        List<Known> found = servlets.values().stream()
                .filter(known -> known.name().equals(name))
                .toList();
        return !found.isEmpty() && found.stream().allMatch(Known::free);
    }

    private static Exchange exchange(HttpServletRequest request) {
        if (request.getAttribute(Exchange.ATTRIBUTE) instanceof Exchange exchange) return exchange;
        throw new PaddockException(Fault.UNAVAILABLE, "the edge is not there yet; try again");
    }

    private static void refuse(HttpServletResponse response, PaddockException refusal) throws IOException {
        int status =
                switch (refusal.fault()) {
                    case UNAUTHENTICATED -> HttpServletResponse.SC_UNAUTHORIZED;
                    case FORBIDDEN -> HttpServletResponse.SC_FORBIDDEN;
                    case RATE_LIMITED -> 429;
                    default -> HttpServletResponse.SC_SERVICE_UNAVAILABLE;
                };
        if (refusal instanceof BusyException busy) {
            response.setHeader(
                    "Retry-After", Long.toString(Math.max(1, busy.retryAfter().toSeconds())));
        }
        response.setStatus(status);
        response.setContentType("text/plain; charset=utf-8");
        response.getOutputStream().write((refusal.getMessage() + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
