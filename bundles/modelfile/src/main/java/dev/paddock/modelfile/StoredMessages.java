package dev.paddock.modelfile;

import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes the messages layer: a JSON list of turns in Ollama's form. */
final class StoredMessages {
    private StoredMessages() {}

    static byte[] bytes(List<Message> messages) {
        return Json.bytes(messages.stream().map(StoredMessages::json).toList());
    }

    private static Map<String, Object> json(Message message) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("role", message.role().name().toLowerCase(Locale.ROOT));
        json.put("content", message.content());
        if (!message.thinking().isEmpty()) json.put("thinking", message.thinking());
        if (!message.toolCalls().isEmpty()) {
            json.put(
                    "tool_calls",
                    message.toolCalls().stream().map(StoredMessages::json).toList());
        }
        if (!message.toolName().isEmpty()) json.put("tool_name", message.toolName());
        if (!message.toolCallId().isEmpty()) json.put("tool_call_id", message.toolCallId());
        return json;
    }

    private static Map<String, Object> json(ToolCall call) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (!call.id().isEmpty()) json.put("id", call.id());
        json.put("function", Map.of("name", call.name(), "arguments", call.arguments()));
        return json;
    }
}
