package dev.paddock.prompt;

import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.prompt.Tool;
import dev.paddock.api.prompt.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What templates are given, read from test data: keys in lower case with underscores. */
final class Inputs {
    private Inputs() {}

    static PromptInput of(Map<String, Object> context) {
        List<Message> messages = new ArrayList<>();
        for (var message : maps(context.get("messages"))) messages.add(message(message));
        List<Tool> tools = new ArrayList<>();
        for (var definition : maps(context.get("tools"))) {
            Map<String, Object> function = map(definition.get("function"));
            tools.add(new Tool((String) function.get("name"), definition));
        }
        return new PromptInput(
                messages, tools, think(text(context, "think")), "", "", text(context, "suffix"), Map.of());
    }

    private static Message message(Map<String, Object> message) {
        List<ToolCall> calls = new ArrayList<>();
        for (var call : maps(message.get("tool_calls"))) {
            calls.add(new ToolCall(text(call, "id"), text(call, "name"), map(call.get("arguments"))));
        }
        return new Message(
                Role.valueOf(text(message, "role").toUpperCase(Locale.ROOT)),
                text(message, "content"),
                text(message, "thinking"),
                calls,
                text(message, "tool_name"),
                text(message, "tool_call_id"));
    }

    private static Think think(String word) {
        return switch (word) {
            case "" -> Think.UNSET;
            case "true" -> Think.ON;
            case "false" -> Think.OFF;
            default -> Think.valueOf(word.toUpperCase(Locale.ROOT));
        };
    }

    static String text(Map<String, Object> map, String key) {
        return map.get(key) instanceof String text ? text : "";
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> maps(Object value) {
        return value == null ? List.of() : (List<Map<String, Object>>) value;
    }
}
