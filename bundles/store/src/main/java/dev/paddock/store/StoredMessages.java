package dev.paddock.store;

import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The messages layer: a JSON list of turns in Ollama's form. */
final class StoredMessages {
    private StoredMessages() {}

    static List<Message> parse(byte[] json) throws IOException {
        List<Message> messages = new ArrayList<>();
        for (Object element : Json.list(json)) {
            if (!(element instanceof Map<?, ?> map)) throw new IOException("a stored message is no JSON object");
            messages.add(message(map));
        }
        return messages;
    }

    private static Message message(Map<?, ?> json) throws IOException {
        return new Message(
                role(Json.text(json, "role")),
                Json.text(json, "content"),
                Json.text(json, "thinking"),
                calls(json.get("tool_calls")),
                Json.text(json, "tool_name"),
                Json.text(json, "tool_call_id"));
    }

    private static Role role(String word) throws IOException {
        for (Role role : Role.values()) if (role.name().equals(word.toUpperCase(Locale.ROOT))) return role;
        throw new IOException("a stored message has the unknown role \"" + word + "\"");
    }

    private static List<ToolCall> calls(Object json) {
        if (!(json instanceof List<?> list)) return List.of();
        List<ToolCall> calls = new ArrayList<>();
        for (Object element : list) {
            if (element instanceof Map<?, ?> call && call.get("function") instanceof Map<?, ?> function) {
                calls.add(new ToolCall(Json.text(call, "id"), Json.text(function, "name"), arguments(function)));
            }
        }
        return calls;
    }

    private static Map<String, Object> arguments(Map<?, ?> function) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        if (function.get("arguments") instanceof Map<?, ?> map) {
            map.forEach((key, value) -> arguments.put(String.valueOf(key), value));
        }
        return arguments;
    }
}
