package dev.paddock.health;

import dev.paddock.api.web.OpenToAll;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.felix.hc.api.HealthCheck;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.FieldOption;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * {@code GET /readyz}: 200 when every health check tagged {@code ready} holds, else 503; one line a check. Any bundle
 * may bring such checks.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/readyz")
@OpenToAll
public final class Readyz extends Probe {
    private static final long serialVersionUID = 1L;

    /** Checks with their properties, replaced as a whole when one comes or goes. */
    @Reference(
            service = HealthCheck.class,
            target = "(" + HealthCheck.TAGS + "=ready)",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            fieldOption = FieldOption.REPLACE)
    volatile Collection<Map.Entry<Map<String, Object>, HealthCheck>> checks = List.of();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<Finding> findings = checks.stream()
                .map(c -> Finding.of(String.valueOf(c.getKey().get(HealthCheck.NAME)), c.getValue()))
                .sorted()
                .toList();
        boolean ready = !findings.isEmpty() && findings.stream().allMatch(Finding::good);
        StringBuilder text = new StringBuilder(ready ? "ready\n" : "not ready\n");
        findings.forEach(f -> text.append(f.line()).append('\n'));
        response.setStatus(ready ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("text/plain; charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
