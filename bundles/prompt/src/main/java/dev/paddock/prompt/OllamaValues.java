package dev.paddock.prompt;

import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.prompt.Tool;
import dev.paddock.api.prompt.ToolCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A conversation as Ollama's own engine takes it for Go templates (its struct {@code Values}), with Go's names of fields:
 * {@code {"Messages":[{"Role":"user","Content":"Hi"}],"Tools":[...],"Think":true}}. What templates see, such as
 * {@code .System}, is made of it.
 *
 * @param input the conversation
 * @param thinking the variables that are about thoughts
 */
public record OllamaValues(PromptInput input, Map<String, Object> thinking) {
    private static final Set<String> KEYS =
            Set.of("Messages", "Tools", "Prompt", "Suffix", "Think", "ThinkLevel", "IsThinkSet");

    private static final Set<String> ROLES = Set.of("system", "user", "assistant", "tool");

    /**
     * Reads them.
     *
     * @param data plain Java values
     * @return empty when it is anything else, such as the variables themselves
     */
    public static Optional<OllamaValues> of(Map<String, ?> data) {
        if (!KEYS.containsAll(data.keySet()) || !isConversation(data.get("Messages"))) return Optional.empty();
        List<Message> messages =
                maps(data.get("Messages")).stream().map(OllamaValues::message).toList();
        List<Tool> tools =
                maps(data.get("Tools")).stream().map(OllamaValues::tool).toList();
        Map<String, Object> thinking = Map.of(
                "Think", Boolean.TRUE.equals(data.get("Think")),
                "ThinkLevel", text(data, "ThinkLevel"),
                "IsThinkSet",
                        data.containsKey("IsThinkSet")
                                ? Boolean.TRUE.equals(data.get("IsThinkSet"))
                                : data.containsKey("Think"));
        var input = new PromptInput(messages, tools, Think.UNSET, "", "", text(data, "Suffix"), Map.of());
        return Optional.of(new OllamaValues(input, thinking));
    }

    private static boolean isConversation(Object messages) {
        return messages instanceof List<?> list
                && list.stream()
                        .allMatch(message -> message instanceof Map<?, ?> fields
                                && fields.get("Role") instanceof String role
                                && ROLES.contains(role));
    }

    private static Message message(Map<String, ?> json) {
        List<ToolCall> calls = new ArrayList<>();
        for (var call : maps(json.get("ToolCalls"))) {
            Map<String, ?> function = map(call.get("Function"));
            calls.add(new ToolCall(text(call, "ID"), text(function, "Name"), plain(map(function.get("Arguments")))));
        }
        return new Message(
                Role.valueOf(text(json, "Role").toUpperCase(Locale.ROOT)),
                text(json, "Content"),
                text(json, "Thinking"),
                calls,
                text(json, "ToolName"),
                text(json, "ToolCallID"));
    }

    private static Tool tool(Map<String, ?> struct) {
        Map<String, Object> definition = json(struct);
        return new Tool(text(map(definition.get("function")), "name"), definition);
    }

    /** With the keys of JSON for Go's names of fields; the names of properties stay as they are. */
    private static Map<String, Object> json(Map<String, ?> struct) {
        Map<String, Object> json = new LinkedHashMap<>();
        struct.forEach((name, value) -> {
            String key = key(name);
            json.put(key, key.equals("properties") ? properties(map(value)) : nested(value));
        });
        return json;
    }

    private static String key(String name) {
        if (name.equals("Defs")) return "$defs";
        return name.isEmpty() ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private static Object nested(Object value) {
        if (value instanceof List<?> list)
            return list.stream().map(OllamaValues::nested).toList();
        return value instanceof Map<?, ?> ? json(map(value)) : value;
    }

    private static Map<String, Object> properties(Map<String, ?> given) {
        Map<String, Object> properties = new LinkedHashMap<>();
        given.forEach((name, property) -> properties.put(name, nested(property)));
        return properties;
    }

    private static Map<String, Object> plain(Map<String, ?> map) {
        return new LinkedHashMap<>(map);
    }

    private static String text(Map<String, ?> map, String key) {
        return map.get(key) instanceof String text ? text : "";
    }

    @SuppressWarnings("unchecked") // keys of JSON are texts
    private static Map<String, ?> map(Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, ?>) map : Map.of();
    }

    private static List<Map<String, ?>> maps(Object value) {
        List<Map<String, ?>> maps = new ArrayList<>();
        if (value instanceof List<?> list) list.forEach(item -> maps.add(map(item)));
        return maps;
    }
}
