package dev.paddock.prompt.format;

import dev.paddock.api.prompt.Tool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tools on offer, by name; only these can be called. Immutable.
 *
 * @param byName in the order of the offer
 */
record Tools(Map<String, Tool> byName) {
    static Tools of(List<Tool> tools) {
        Map<String, Tool> byName = new LinkedHashMap<>();
        for (Tool tool : tools) byName.putIfAbsent(tool.name(), tool);
        return new Tools(byName);
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }

    boolean known(String name) {
        return byName.containsKey(name);
    }

    /** The JSON Schema of a tool's arguments; an empty map when it has none. */
    static Map<?, ?> parameters(Tool tool) {
        return tool.definition().get("function") instanceof Map<?, ?> function
                        && function.get("parameters") instanceof Map<?, ?> parameters
                ? parameters
                : Map.of();
    }

    /** The JSON Schema of a tool's arguments, which says that they are an object even where the tool does not. */
    static Map<?, ?> object(Tool tool) {
        Map<Object, Object> schema = new LinkedHashMap<>(parameters(tool));
        schema.putIfAbsent("type", "object");
        return schema;
    }

    /**
     * The schema of one argument of a tool with the definitions that it may refer to; one that allows everything when the
     * tool does not describe it.
     */
    static Object selfContained(Tool tool, String name) {
        Map<?, ?> parameters = parameters(tool);
        Object schema = parameters.get("properties") instanceof Map<?, ?> properties ? properties.get(name) : null;
        if (!(schema instanceof Map<?, ?> map)) return schema == null ? true : schema;
        Map<Object, Object> whole = new LinkedHashMap<>(map);
        for (String shared : List.of("$defs", "definitions")) {
            if (parameters.containsKey(shared)) whole.putIfAbsent(shared, parameters.get(shared));
        }
        return whole;
    }

    /** The schema of one argument; empty when the tool does not describe it. */
    Optional<Map<?, ?>> parameter(String tool, String name) {
        boolean described = known(tool) && parameters(byName.get(tool)).get("properties") instanceof Map<?, ?>;
        if (!described) return Optional.empty();
        var properties = (Map<?, ?>) parameters(byName.get(tool)).get("properties");
        return properties.get(name) instanceof Map<?, ?> schema ? Optional.of(schema) : Optional.empty();
    }
}
