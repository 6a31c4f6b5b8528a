package dev.paddock.prompt.format;

import java.math.BigInteger;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Types of JSON values, in the order in which plain text is tried as them. */
enum JsonType {
    NULL,
    BOOLEAN,
    INTEGER,
    NUMBER,
    ARRAY,
    OBJECT,
    STRING;

    private static final int MOST_DEPTH = 16;
    private static final List<String> UNIONS = List.of("anyOf", "oneOf", "allOf");

    /**
     * The types that a schema allows, as far as it says so: by {@code type}, its constants, its parts or what it
     * refers to. Types that only {@code allOf} of several parts rules out count too.
     *
     * @param root what {@code $ref} refers into
     */
    static Set<JsonType> allowedBy(Map<?, ?> schema, Map<?, ?> root) {
        Set<JsonType> found = EnumSet.noneOf(JsonType.class);
        collect(schema, root, MOST_DEPTH, found);
        return found;
    }

    private static void collect(Map<?, ?> schema, Map<?, ?> root, int depth, Set<JsonType> found) {
        if (depth == 0) return;
        if (Boolean.TRUE.equals(schema.get("nullable"))) found.add(NULL);
        if (schema.get("type") instanceof String name) named(name).ifPresent(found::add);
        else if (schema.get("type") instanceof List<?> names) {
            names.forEach(name -> named(String.valueOf(name)).ifPresent(found::add));
        } else if (schema.get("enum") instanceof List<?> values) values.forEach(value -> found.add(of(value)));
        else if (schema.containsKey("const")) found.add(of(schema.get("const")));
        else if (schema.containsKey("properties")) found.add(OBJECT);
        else if (schema.containsKey("items")) found.add(ARRAY);
        else if (schema.get("$ref") instanceof String reference) {
            target(reference, root).ifPresent(target -> collect(target, root, depth - 1, found));
        } else {
            for (String union : UNIONS) {
                if (!(schema.get(union) instanceof List<?> parts)) continue;
                for (Object part : parts) if (part instanceof Map<?, ?> map) collect(map, root, depth - 1, found);
            }
        }
    }

    private static Optional<JsonType> named(String name) {
        return switch (name) {
            case "null" -> Optional.of(NULL);
            case "boolean" -> Optional.of(BOOLEAN);
            case "integer" -> Optional.of(INTEGER);
            case "number" -> Optional.of(NUMBER);
            case "array" -> Optional.of(ARRAY);
            case "object" -> Optional.of(OBJECT);
            case "string" -> Optional.of(STRING);
            default -> Optional.empty();
        };
    }

    private static JsonType of(Object value) {
        return switch (value) {
            case null -> NULL;
            case Boolean b -> BOOLEAN;
            case Long l -> INTEGER;
            case Integer i -> INTEGER;
            case BigInteger i -> INTEGER;
            case Number n -> NUMBER;
            case List<?> list -> ARRAY;
            case Map<?, ?> map -> OBJECT;
            default -> STRING;
        };
    }

    /** What a reference like {@code #/$defs/name} points at. */
    private static Optional<Map<?, ?>> target(String reference, Map<?, ?> root) {
        if (!reference.startsWith("#/")) return Optional.empty();
        Map<?, ?> at = root;
        for (String step : reference.substring(2).split("/", MOST_DEPTH)) {
            Object next = at.get(step.replace("~1", "/").replace("~0", "~"));
            if (!(next instanceof Map<?, ?> map)) return Optional.empty();
            at = map;
        }
        return Optional.of(at);
    }
}
