package dev.paddock.web;

import dev.paddock.api.web.OpenToAll;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.propertytypes.ServiceRanking;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * Answers what nobody else answers, instead of the container's page of HTML. Its pattern is the weakest there is: with
 * another one it would hide a servlet for the root alone.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/")
@ServiceRanking(-1000)
@OpenToAll
public final class UnknownPath extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        response.setContentType("text/plain");
        response.getOutputStream().write("404 page not found".getBytes(StandardCharsets.UTF_8));
    }
}
