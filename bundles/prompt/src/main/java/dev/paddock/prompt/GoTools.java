package dev.paddock.prompt;

import dev.paddock.api.prompt.Tool;
import dev.paddock.prompt.go.GoStruct;
import dev.paddock.prompt.go.JsonMap;
import dev.paddock.prompt.go.TypeNames;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tools with the fields that Ollama gives them. As JSON they have Ollama's order of keys; keys that Ollama does not know
 * come last, and are not lost.
 */
final class GoTools {
    private static final List<String> TOOL = List.of("type", "items", "function");
    private static final List<String> FUNCTION = List.of("name", "description", "parameters");
    private static final List<String> PARAMETERS = List.of("type", "$defs", "items", "required", "properties");
    private static final List<String> PROPERTY =
            List.of("anyOf", "type", "items", "description", "enum", "properties", "required");

    private GoTools() {}

    static GoStruct tool(Tool tool) {
        Map<String, Object> json = ordered(tool.definition(), TOOL);
        json.computeIfPresent("function", (key, value) -> function(value));
        Map<String, Object> fields = new HashMap<>();
        fields.put("Type", text(json.get("type")));
        fields.put("Items", json.get("items"));
        fields.put("Function", json.getOrDefault("function", function(Map.of())));
        return new GoStruct("Tool", fields, json);
    }

    private static Object function(Object value) {
        if (!(value instanceof Map<?, ?> given)) return value;
        Map<String, Object> json = ordered(given, FUNCTION);
        json.computeIfPresent("parameters", (key, parameters) -> parameters(parameters));
        Map<String, Object> fields = new HashMap<>();
        fields.put("Name", text(json.get("name")));
        fields.put("Description", text(json.get("description")));
        fields.put("Parameters", json.getOrDefault("parameters", parameters(Map.of())));
        return new GoStruct("ToolFunction", fields, json);
    }

    private static Object parameters(Object value) {
        if (!(value instanceof Map<?, ?> given)) return value;
        Map<String, Object> json = ordered(given, PARAMETERS);
        json.computeIfPresent("properties", (key, properties) -> properties(properties));
        Map<String, Object> fields = new HashMap<>();
        fields.put("Type", text(json.get("type")));
        fields.put("Defs", json.get("$defs"));
        fields.put("Items", json.get("items"));
        fields.put("Required", json.getOrDefault("required", List.of()));
        fields.put("Properties", json.getOrDefault("properties", new JsonMap(Map.of())));
        return new GoStruct("ToolFunctionParameters", fields, json);
    }

    /** Sorted by name, as they are wherever templates see them. */
    private static Object properties(Object value) {
        if (!(value instanceof Map<?, ?> given)) return value;
        Map<String, Object> properties = new TreeMap<>();
        given.forEach((name, property) -> properties.put(String.valueOf(name), property(property)));
        return new JsonMap(properties);
    }

    private static Object property(Object value) {
        if (!(value instanceof Map<?, ?> given)) return value;
        Map<String, Object> json = ordered(given, PROPERTY);
        json.computeIfPresent(
                "anyOf",
                (key, options) -> options instanceof List<?> list
                        ? list.stream().map(GoTools::property).toList()
                        : options);
        json.computeIfPresent("type", (key, type) -> types(type));
        json.computeIfPresent("properties", (key, properties) -> properties(properties));
        Map<String, Object> fields = new HashMap<>();
        fields.put("AnyOf", json.getOrDefault("anyOf", List.of()));
        fields.put("Type", json.getOrDefault("type", new TypeNames(List.of())));
        fields.put("Items", json.get("items"));
        fields.put("Description", text(json.get("description")));
        fields.put("Enum", json.getOrDefault("enum", List.of()));
        fields.put("Properties", json.get("properties"));
        fields.put("Required", json.getOrDefault("required", List.of()));
        return new GoStruct("ToolProperty", fields, json);
    }

    private static TypeNames types(Object type) {
        return new TypeNames(
                type instanceof List<?> list
                        ? list.stream().map(String::valueOf).toList()
                        : List.of(String.valueOf(type)));
    }

    private static String text(Object value) {
        return value == null ? "" : String.valueOf(value);
    }

    /** A copy with these keys first; what is null is left out. */
    private static Map<String, Object> ordered(Map<?, ?> given, List<String> first) {
        Map<String, Object> ordered = new LinkedHashMap<>();
        for (String key : first) {
            if (given.get(key) != null) ordered.put(key, given.get(key));
        }
        given.forEach((key, value) -> {
            if (value != null) ordered.putIfAbsent(String.valueOf(key), value);
        });
        return ordered;
    }
}
