package dev.paddock.health;

import dev.paddock.api.web.OpenToAll;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code GET /livez}: 200 as soon as HTTP works; needs nothing else. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/livez")
@OpenToAll
public final class Livez extends Probe {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getOutputStream().print("ok\n");
    }
}
