package dev.paddock.dialect.ollama;

import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Tool;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.Reply;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Messages and tools between JSON and records. */
final class ChatMessages {
    private ChatMessages() {}

    /** @param attachments is told of what they bring beside their text */
    static List<Message> parse(Fields body, Attachments attachments) {
        List<Fields> messages = body.objects("messages");
        messages.forEach(attachments::read);
        return messages.stream().map(ChatMessages::message).toList();
    }

    private static Message message(Fields json) {
        return new Message(
                role(json),
                json.text("content").orElse(""),
                json.text("thinking").orElse(""),
                json.objects("tool_calls").stream().map(ChatMessages::call).toList(),
                json.text("tool_name").orElse(""),
                json.text("tool_call_id").orElse(""));
    }

    private static Role role(Fields json) {
        return switch (json.text("role").orElse("").toLowerCase(Locale.ROOT)) {
            case "system" -> Role.SYSTEM;
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            case "tool" -> Role.TOOL;
            default -> throw json.wrong("role", "system, user, assistant or tool");
        };
    }

    private static ToolCall call(Fields json) {
        json.accept("type");
        Fields function = json.object("function").orElseThrow(() -> json.wrong("function", "an object"));
        function.accept("index");
        return new ToolCall(
                json.text("id").orElse(""),
                function.text("name").orElseThrow(() -> function.wrong("name", "a string")),
                function.map("arguments").orElse(Map.of()));
    }

    static List<Tool> tools(Fields body) {
        return body.objects("tools").stream().map(ChatMessages::tool).toList();
    }

    private static Tool tool(Fields json) {
        Fields function = json.object("function").orElseThrow(() -> json.wrong("function", "an object"));
        String name = function.text("name").orElse("");
        if (name.isBlank()) throw function.wrong("name", "a string that is not empty");
        return new Tool(name, json.whole());
    }

    /** Tool calls as answers show them. */
    static List<Map<String, Object>> json(List<OutputPiece.Call> calls) {
        return calls.stream().map(ChatMessages::json).toList();
    }

    private static Map<String, Object> json(OutputPiece.Call whole) {
        ToolCall call = whole.call();
        Reply function =
                new Reply().put("index", whole.index()).put("name", call.name()).put("arguments", call.arguments());
        return new Reply()
                .some("id", call.id())
                .put("function", function.json())
                .json();
    }
}
