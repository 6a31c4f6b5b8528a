package dev.paddock.prompt.grammar;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Random schemas of keywords that can be held to. Many allow nothing; small numbers make them meet. */
final class RandomSchemas {
    private static final List<String> NAMES = List.of("a", "b", "ab", "x y", "é", "\"q\"", "n\n");
    private static final List<String> TYPES =
            List.of("string", "integer", "number", "boolean", "null", "array", "object");
    private static final List<String> PATTERNS = List.of(
            "^[a-c]+$",
            "b",
            "^a",
            "c$",
            "^\\d{1,3}$",
            "^(ab|c)*$",
            "^.{0,3}$",
            "[^a]",
            "\\s",
            "^\\S*$",
            "^a?b?c?$",
            "é|\"",
            "^\\w+-\\w+$",
            "^[^\"\\\\]*$",
            "^$|^b");
    private static final List<String> FORMATS = List.of("date", "time", "date-time", "uuid", "email", "ipv4");
    private static final List<Object> VALUES = new ArrayList<>(List.of(
            "a",
            "b",
            "ab",
            "",
            "\"\n",
            0,
            1,
            -1,
            2.5,
            10,
            true,
            false,
            List.of(),
            List.of(1, "a"),
            Map.of("a", 1),
            Map.of()));

    private final Random random;
    private int definitions;

    RandomSchemas(long seed) {
        random = new Random(seed);
        VALUES.add(null);
    }

    /** A schema with some definitions that its parts refer to. */
    Map<String, Object> next() {
        definitions = random.nextInt(3);
        Map<String, Object> root = schema(3);
        Map<String, Object> parts = new LinkedHashMap<>();
        for (int i = 0; i < definitions; i++) parts.put("d" + i, schema(2));
        if (definitions > 0) root.put("$defs", parts);
        return root;
    }

    private boolean one(int of) {
        return random.nextInt(of) == 0;
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private Map<String, Object> schema(int depth) {
        Map<String, Object> schema = new LinkedHashMap<>();
        if (definitions > 0 && one(8)) schema.put("$ref", "#/$defs/d" + random.nextInt(definitions));
        String type = any(depth > 0 ? TYPES : TYPES.subList(0, 5));
        if (!one(8)) schema.put("type", one(6) ? types(type) : type);
        if (one(12))
            schema.put(
                    "enum",
                    List.of(any(VALUES.subList(0, 12)), any(VALUES.subList(0, 12)), any(VALUES.subList(0, 12))));
        if (one(30)) schema.put("const", any(VALUES));
        keywords(type, schema, depth);
        if (one(15)) keywords(any(TYPES), schema, depth);
        if (depth > 0 && one(6)) schema.put("anyOf", schemas(1 + random.nextInt(3), depth - 1));
        if (depth > 0 && one(12)) schema.put("oneOf", schemas(1 + random.nextInt(2), depth - 1));
        if (depth > 0 && one(10)) schema.put("allOf", schemas(1 + random.nextInt(2), depth - 1));
        return schema;
    }

    /** The validator compares fractions as if they were whole where a list holds both. */
    private Object types(String type) {
        String other = any(TYPES);
        boolean both = !other.equals(type) && Set.of("integer", "number").containsAll(List.of(type, other));
        return both || other.equals(type) ? type : List.of(type, other);
    }

    private List<Object> schemas(int count, int depth) {
        List<Object> schemas = new ArrayList<>();
        for (int i = 0; i < count; i++) schemas.add(sub(depth));
        return schemas;
    }

    private Object sub(int depth) {
        return one(20) ? Boolean.valueOf(random.nextBoolean()) : schema(depth);
    }

    private void keywords(String type, Map<String, Object> schema, int depth) {
        switch (type) {
            case "string" -> text(schema);
            case "integer", "number" -> number(schema);
            case "array" -> array(schema, depth);
            case "object" -> object(schema, depth);
            default -> {}
        }
    }

    private void text(Map<String, Object> schema) {
        if (one(3)) schema.put("minLength", random.nextInt(4));
        if (one(3)) schema.put("maxLength", random.nextInt(6));
        if (one(3)) schema.put("pattern", any(PATTERNS));
        if (one(8)) schema.put("format", any(FORMATS));
    }

    private void number(Map<String, Object> schema) {
        if (one(2)) schema.put(one(2) ? "minimum" : "exclusiveMinimum", bound());
        if (one(2)) schema.put(one(2) ? "maximum" : "exclusiveMaximum", bound());
        if (one(4)) schema.put("multipleOf", any(List.of(1, 2, 3, 5, 7, 10, 100, 0.5, 0.01, 0.25, 1.5)));
    }

    private Object bound() {
        int digits = random.nextInt(4);
        long value = random.nextInt(2 * (int) Math.pow(10, digits + 1)) - (long) Math.pow(10, digits + 1);
        if (one(10)) value *= 1_000_000_007L;
        return one(2) ? value : (Object) BigDecimal.valueOf(value, random.nextInt(4));
    }

    private void array(Map<String, Object> schema, int depth) {
        if (one(4)) schema.put("prefixItems", schemas(1 + random.nextInt(2), Math.max(0, depth - 1)));
        if (!one(3)) schema.put("items", sub(Math.max(0, depth - 1)));
        if (one(3)) schema.put("minItems", random.nextInt(3));
        if (one(3)) schema.put("maxItems", random.nextInt(4));
        if (one(10)) schema.put("unevaluatedItems", false);
    }

    private void object(Map<String, Object> schema, int depth) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) properties.put(any(NAMES), sub(Math.max(0, depth - 1)));
        if (!properties.isEmpty()) schema.put("properties", properties);
        List<String> required = new ArrayList<>();
        for (String name : NAMES) if (one(properties.containsKey(name) ? 2 : 30)) required.add(name);
        if (!required.isEmpty()) schema.put("required", required);
        if (one(3)) schema.put("additionalProperties", sub(Math.max(0, depth - 1)));
        if (one(8)) schema.put("minProperties", random.nextInt(3));
        if (one(8)) schema.put("maxProperties", random.nextInt(4));
        if (one(12)) schema.put("unevaluatedProperties", false);
    }
}
