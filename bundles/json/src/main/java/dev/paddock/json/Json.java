package dev.paddock.json;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** JSON as plain Java objects. It comes from files and registries and is untrusted: depth and length are bounded. */
public final class Json {
    /** Bytes of the largest document that is read. */
    public static final int MAX_BYTES = 4 << 20;

    private static final int MAX_DEPTH = 64;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxDocumentLength(MAX_BYTES)
                            .maxStringLength(MAX_BYTES)
                            .build())
                    .build())
            .build();

    private Json() {}

    /** A document that must be an object. */
    @SuppressWarnings("unchecked") // Jackson gives string keys
    public static Map<String, Object> object(byte[] json) throws IOException {
        if (parse(json) instanceof Map<?, ?> map) return (Map<String, Object>) map;
        throw new IOException("not a JSON object");
    }

    /** A document that must be an array. */
    public static List<?> list(byte[] json) throws IOException {
        if (parse(json) instanceof List<?> list) return list;
        throw new IOException("not a JSON array");
    }

    /** Maps, lists, texts, numbers and truth values as a document. */
    public static byte[] bytes(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /** The text under a key, or empty. */
    public static String text(Map<?, ?> object, String key) {
        return object.get(key) instanceof String text ? text : "";
    }

    /** The whole number under a key; 0 when it is absent, no number or negative. */
    public static long number(Map<?, ?> object, String key) {
        return object.get(key) instanceof Number n ? Math.max(0, n.longValue()) : 0;
    }

    /** The strings in the list under a key; what is no string is left out. */
    public static List<String> texts(Map<?, ?> object, String key) {
        if (!(object.get(key) instanceof List<?> list)) return List.of();
        return list.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }

    private static Object parse(byte[] json) throws IOException {
        try {
            return MAPPER.readValue(json, Object.class);
        } catch (JacksonException e) {
            throw new IOException("broken JSON: " + e.getOriginalMessage(), e);
        }
    }
}
