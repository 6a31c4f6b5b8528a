package dev.paddock.telemetry;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where spans go: an OpenTelemetry collector that speaks OTLP over HTTP in JSON.
 *
 * @param address such as {@code http://127.0.0.1:4318/v1/traces}
 * @param headers sent with each request
 */
record Collector(URI address, Map<String, String> headers) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int CONNECT_MS = 5_000;
    private static final int ANSWER_MS = 10_000;
    private static final int MOST_ANSWER = 64 << 10;

    /** @throws IllegalArgumentException for what is no address of HTTP, or no {@code NAME=VALUE} */
    static Collector of(String address, String[] headers) {
        Map<String, String> named = new java.util.LinkedHashMap<>();
        for (String header : headers) {
            int sign = header.indexOf('=');
            if (sign < 1) throw new IllegalArgumentException("headers holds something that is no NAME=VALUE");
            named.put(
                    header.substring(0, sign).strip(),
                    header.substring(sign + 1).strip());
        }
        try {
            URI uri = new URI(address.strip());
            if (uri.getHost() == null || !List.of("http", "https").contains(uri.getScheme()))
                throw new IllegalArgumentException(
                        "endpoint is \"" + address + "\"; it must be like http://host:4318/v1/traces");
            return new Collector(uri, named);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "endpoint is \"" + address + "\"; it must be like http://host:4318/v1/traces", e);
        }
    }

    /** @throws IOException when the collector does not take them */
    void send(List<Span> spans) throws IOException {
        byte[] body = JSON.writeValueAsBytes(request(spans));
        var connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout(CONNECT_MS);
        connection.setReadTimeout(ANSWER_MS);
        connection.setInstanceFollowRedirects(false);
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(body.length);
        connection.setRequestProperty("Content-Type", "application/json");
        headers.forEach(connection::setRequestProperty);
        try (var out = connection.getOutputStream()) {
            out.write(body);
        }
        int status = connection.getResponseCode();
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            if (in != null) in.readNBytes(MOST_ANSWER);
        }
        if (status / 100 != 2) throw new IOException(address + " answered " + status);
    }

    private static Map<String, Object> request(List<Span> spans) {
        var scope = Map.of(
                "scope",
                Map.of("name", "dev.paddock"),
                "spans",
                spans.stream().map(Span::json).toList());
        var resource = Map.of("attributes", Span.attributes(Map.of("service.name", "paddock")));
        return Map.of("resourceSpans", List.of(Map.of("resource", resource, "scopeSpans", List.of(scope))));
    }
}
