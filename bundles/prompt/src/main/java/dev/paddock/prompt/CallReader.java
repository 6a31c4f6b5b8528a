package dev.paddock.prompt;

import dev.paddock.api.prompt.Tool;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.prompt.format.CallId;
import dev.paddock.prompt.json.JsonReader;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads {@code {"name": ..., "arguments": {...}}} as a call of one of the tools on offer. */
record CallReader(Set<String> names) {
    static CallReader of(List<Tool> tools) {
        return new CallReader(tools.stream().map(Tool::name).collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether any tool is on offer; without one there are no calls. */
    boolean active() {
        return !names.isEmpty();
    }

    /** The call a text is; empty when it is not the JSON of a call, or calls a tool that is not on offer. */
    Optional<ToolCall> read(String json) {
        return JsonReader.object(json).flatMap(this::read);
    }

    /** The call an object is; empty as above. */
    Optional<ToolCall> read(Map<String, Object> object) {
        if (!(object.get("name") instanceof String name) || !names.contains(name)) return Optional.empty();
        Object given = object.containsKey("arguments") ? object.get("arguments") : object.get("parameters");
        return arguments(given).map(arguments -> new ToolCall(CallId.random(), name, arguments));
    }

    /** A call of a tool whose name stood before its arguments. */
    ToolCall named(String name, Map<String, Object> arguments) {
        return new ToolCall(CallId.random(), name, Collections.unmodifiableMap(arguments));
    }

    /** Some models write the arguments as a string of JSON, some leave them out. */
    @SuppressWarnings("unchecked")
    private static Optional<Map<String, Object>> arguments(Object given) {
        return switch (given) {
            case null -> Optional.of(Map.of());
            case Map<?, ?> map -> Optional.of(Collections.unmodifiableMap((Map<String, Object>) map));
            case String text -> JsonReader.object(text).map(Collections::unmodifiableMap);
            default -> Optional.empty();
        };
    }
}
