package dev.paddock.telemetry;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A stretch of time in which something was done for a request.
 *
 * @param trace 16 bytes in hex, of all spans of the request
 * @param id 8 bytes in hex
 * @param parent the span that it is a part of; empty for the request itself
 * @param begin nanoseconds since 1970
 * @param end nanoseconds since 1970
 * @param attributes texts, numbers; by OpenTelemetry's conventions for generative models where there are such
 * @param error why it failed; empty when it did not
 */
record Span(
        String trace,
        String id,
        String parent,
        String name,
        long begin,
        long end,
        Map<String, Object> attributes,
        String error) {
    private static final int INTERNAL = 1;
    private static final int SERVER = 2;
    private static final int FAILED = 2;

    static String randomId(int bytes) {
        byte[] id = new byte[bytes];
        ThreadLocalRandom.current().nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    /** As OTLP's JSON has it (opentelemetry-proto, trace.proto): 64-bit numbers are texts. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("traceId", trace);
        json.put("spanId", id);
        json.put("parentSpanId", parent);
        json.put("name", name);
        json.put("kind", parent.isEmpty() ? SERVER : INTERNAL);
        json.put("startTimeUnixNano", Long.toString(begin));
        json.put("endTimeUnixNano", Long.toString(end));
        json.put("attributes", attributes(attributes));
        if (!error.isEmpty()) json.put("status", Map.of("code", FAILED, "message", error));
        return json;
    }

    static List<Map<String, Object>> attributes(Map<String, Object> attributes) {
        List<Map<String, Object>> list = new ArrayList<>();
        attributes.forEach((key, value) -> list.add(Map.of(
                "key",
                key,
                "value",
                value instanceof Number number
                        ? Map.of("intValue", Long.toString(number.longValue()))
                        : Map.of("stringValue", value.toString()))));
        return list;
    }
}
