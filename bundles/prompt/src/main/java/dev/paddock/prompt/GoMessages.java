package dev.paddock.prompt;

import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.prompt.go.GoStruct;
import dev.paddock.prompt.go.JsonList;
import dev.paddock.prompt.go.JsonMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Messages with the fields that Ollama gives them. */
final class GoMessages {
    private GoMessages() {}

    static GoStruct message(Message message) {
        List<Object> calls = new ArrayList<>();
        for (ToolCall call : message.toolCalls()) calls.add(call(call, calls.size()));
        String role = message.role().name().toLowerCase(Locale.ROOT);
        Map<String, Object> fields = Map.of(
                "Role", role,
                "Content", message.content(),
                "Thinking", message.thinking(),
                "Images", List.of(),
                "ToolCalls", new JsonList(calls),
                "ToolName", message.toolName(),
                "ToolCallID", message.toolCallId());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("role", role);
        json.put("content", message.content());
        some(json, "thinking", message.thinking());
        if (!calls.isEmpty()) json.put("tool_calls", calls);
        some(json, "tool_name", message.toolName());
        some(json, "tool_call_id", message.toolCallId());
        return new GoStruct("Message", fields, json);
    }

    private static GoStruct call(ToolCall call, int index) {
        var arguments = new JsonMap(call.arguments());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", call.name());
        json.put("arguments", arguments);
        Map<String, Object> fields = Map.of("Index", (long) index, "Name", call.name(), "Arguments", arguments);
        var function = new GoStruct("ToolCallFunction", fields, json);
        Map<String, Object> whole = new LinkedHashMap<>();
        some(whole, "id", call.id());
        whole.put("function", function);
        return new GoStruct("ToolCall", Map.of("ID", call.id(), "Function", function), whole);
    }

    private static void some(Map<String, Object> json, String key, String value) {
        if (!value.isEmpty()) json.put(key, value);
    }
}
