package dev.paddock.health;

import dev.paddock.api.web.OpenToAll;
import dev.paddock.dialect.kit.Json;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * {@code GET /healthz}: every check there is, whatever its tags, as JSON for who accepts that, else a line each; 503 when one
 * does not hold.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/healthz")
@OpenToAll
public final class Healthz extends Probe {
    private static final long serialVersionUID = 1L;
    private static final String JSON = "application/json";

    private final transient Checks checks;

    /** Asks these. */
    @Activate
    public Healthz(@Reference Checks checks) {
        this.checks = checks;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<Finding> findings = readable(checks.all(), request);
        boolean healthy = findings.stream().allMatch(Finding::good);
        String accept = request.getHeader("Accept");
        boolean json = accept != null && accept.toLowerCase(Locale.ROOT).contains(JSON);
        response.setHeader("Vary", "Accept");
        String word = healthy ? "healthy" : "unhealthy";
        if (json) answer(response, healthy, JSON, Json.write(told(word, findings)) + "\n");
        else answer(response, healthy, PLAIN, word + "\n" + Finding.lines(findings));
    }

    private static Map<String, Object> told(String word, List<Finding> findings) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("status", word);
        told.put("checks", findings.stream().map(Healthz::told).toList());
        return told;
    }

    private static Map<String, Object> told(Finding finding) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("name", finding.name());
        told.put("status", finding.status().name().toLowerCase(Locale.ROOT));
        told.put("reason", finding.reason());
        return told;
    }
}
