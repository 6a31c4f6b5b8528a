package dev.paddock.dialect.gemini;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Google's {@code Schema}, a part of OpenAPI 3.0, as JSON Schema: types in lower case, {@code nullable} as a type, properties
 * in their order, numbers that protobuf writes as texts. Names may be in camelCase or snake_case. What is not known is
 * kept, so that whoever makes the grammar says what becomes of it.
 */
final class OpenApiSchema {
    private static final Set<String> COUNTS =
            Set.of("minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties");
    /** They name how a number is stored, or say again that there is an enum. */
    private static final Set<String> NO_FORMATS = Set.of("int32", "int64", "float", "double", "enum");
    /** They say nothing about what is valid; the order is followed. */
    private static final Set<String> REMARKS = Set.of("example", "nullable", "propertyOrdering");

    private OpenApiSchema() {}

    /** Converts a schema and all that is in it; the text it came from has bounded its depth. */
    static Map<String, Object> toJson(Map<String, Object> schema) {
        Map<String, Object> json = new LinkedHashMap<>();
        schema.forEach((name, value) -> {
            String key = camel(name);
            if (!REMARKS.contains(key)) put(json, key, value);
        });
        if (Boolean.TRUE.equals(schema.get("nullable"))) allowNull(json);
        if (json.get("properties") instanceof Map<?, ?> properties) order(json, properties, ordering(schema));
        return json;
    }

    private static void put(Map<String, Object> json, String key, Object value) {
        switch (key) {
            case "type" -> {
                String type = String.valueOf(value).toLowerCase(Locale.ROOT);
                if (!type.equals("type_unspecified")) json.put(key, type);
            }
            case "format" -> {
                if (!NO_FORMATS.contains(String.valueOf(value))) json.put(key, value);
            }
            case "properties" -> json.put(key, properties(value));
            default -> json.put(key, COUNTS.contains(key) ? count(value) : inner(value));
        }
    }

    private static Object properties(Object value) {
        if (!(value instanceof Map<?, ?> map)) return value;
        Map<String, Object> properties = new LinkedHashMap<>();
        map.forEach((name, schema) -> properties.put(String.valueOf(name), inner(schema)));
        return properties;
    }

    @SuppressWarnings("unchecked") // Jackson gives objects as maps with text keys
    private static Object inner(Object value) {
        return switch (value) {
            case Map<?, ?> map -> toJson((Map<String, Object>) map);
            case List<?> list ->
                list.stream().map(e -> e instanceof Map<?, ?> ? inner(e) : e).toList();
            case null, default -> value;
        };
    }

    private static Object count(Object value) {
        return value instanceof String text && text.matches("[0-9]{1,9}") ? Integer.valueOf(text) : value;
    }

    private static void allowNull(Map<String, Object> json) {
        if (json.get("type") instanceof String type) json.put("type", List.of(type, "null"));
        if (json.get("enum") instanceof List<?> values) {
            List<Object> all = new ArrayList<>(values);
            all.add(null);
            json.put("enum", all);
        }
    }

    private static List<?> ordering(Map<String, Object> schema) {
        Object order = schema.getOrDefault("propertyOrdering", schema.get("property_ordering"));
        return order instanceof List<?> list ? list : List.of();
    }

    private static void order(Map<String, Object> json, Map<?, ?> properties, List<?> ordering) {
        Map<String, Object> ordered = new LinkedHashMap<>();
        for (Object name : ordering) {
            if (properties.containsKey(name)) ordered.put(String.valueOf(name), properties.get(name));
        }
        properties.forEach((name, schema) -> ordered.putIfAbsent(String.valueOf(name), schema));
        json.put("properties", ordered);
    }

    private static String camel(String name) {
        StringBuilder camel = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            boolean hump = name.charAt(i) == '_' && i > 0 && i + 1 < name.length();
            camel.append(hump ? Character.toUpperCase(name.charAt(++i)) : name.charAt(i));
        }
        return camel.toString();
    }
}
