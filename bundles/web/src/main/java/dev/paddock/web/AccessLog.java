package dev.paddock.web;

import dev.paddock.api.web.Exchange;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is kept of each request: a line for people in the log, and one of JSON for programs, which the launcher writes to
 * {@code logs/access.jsonl}. Neither has the query (keys stand there, and are hidden in a path), a body or what was shown to prove who asks.
 */
final class AccessLog {
    private static final Logger PEOPLE = LoggerFactory.getLogger(Edge.class);
    private static final Logger PROGRAMS = LoggerFactory.getLogger("dev.paddock.access");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> PROBES = Set.of("/livez", "/readyz", "/healthz", "/metrics");
    private static final int LONGEST_AGENT = 200;

    private AccessLog() {}

    /** @param wanted whether requests are logged; those of probes are only when debugging */
    static void write(
            boolean wanted, String id, HttpServletRequest request, HttpServletResponse response, long millis) {
        boolean probe = PROBES.contains(request.getRequestURI());
        var line = wanted && !probe ? PEOPLE.atInfo() : PEOPLE.atDebug();
        line.log(
                "{} {} {} {} {} ms {}",
                id,
                request.getMethod(),
                Redaction.text(request.getRequestURI()),
                response.getStatus(),
                millis,
                request.getRemoteAddr());
        if (wanted && !probe && PROGRAMS.isInfoEnabled())
            PROGRAMS.info(JSON.writeValueAsString(fields(id, request, response, millis)));
    }

    private static Map<String, Object> fields(
            String id, HttpServletRequest request, HttpServletResponse response, long millis) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("at", Instant.now().toString());
        fields.put("id", id);
        fields.put("method", request.getMethod());
        fields.put("path", Redaction.text(request.getRequestURI()));
        fields.put("status", response.getStatus());
        fields.put("ms", millis);
        fields.put("address", request.getRemoteAddr());
        if (request.getAttribute(Exchange.ATTRIBUTE) instanceof Exchange exchange)
            fields.put("identity", exchange.identity().name());
        String agent = request.getHeader("User-Agent");
        if (agent != null)
            fields.put("agent", agent.length() > LONGEST_AGENT ? agent.substring(0, LONGEST_AGENT) : agent);
        return fields;
    }
}
