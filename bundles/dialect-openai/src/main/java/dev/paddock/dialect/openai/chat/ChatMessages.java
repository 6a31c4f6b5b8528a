package dev.paddock.dialect.openai.chat;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The messages of a request. One thread. */
final class ChatMessages {
    private final Map<String, String> toolNames = new HashMap<>();

    /** Reads {@code messages}; at least one is needed. */
    List<Message> parse(Fields body) {
        List<Message> messages = new ArrayList<>();
        for (Fields json : body.objects("messages")) messages.add(message(json));
        if (messages.isEmpty()) throw invalid("[] is too short - 'messages'");
        return messages;
    }

    private Message message(Fields json) {
        json.refuse("audio", "function_call");
        json.accept("refusal", "annotations");
        Role role = role(json);
        List<ToolCall> calls =
                json.objects("tool_calls").stream().map(this::call).toList();
        calls.forEach(c -> toolNames.put(c.id(), c.name()));
        String content = content(json, !calls.isEmpty());
        String thinking =
                json.text("reasoning").or(() -> json.text("reasoning_content")).orElse("");
        String id = json.text("tool_call_id").orElse("");
        String name = json.text("name").orElse("");
        if (role == Role.TOOL && name.isEmpty()) name = toolNames.getOrDefault(id, "");
        return new Message(role, content, thinking, calls, role == Role.TOOL ? name : "", id);
    }

    private static Role role(Fields json) {
        return switch (json.text("role").orElse("")) {
            case "system", "developer" -> Role.SYSTEM;
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            case "tool" -> Role.TOOL;
            default -> throw json.wrong("role", "system, developer, user, assistant or tool");
        };
    }

    /** A text, or text parts, which become lines of one text. */
    private static String content(Fields json, boolean mayBeAbsent) {
        return switch (json.value("content").orElse(null)) {
            case null -> {
                if (!mayBeAbsent) throw invalid("invalid message content type: <nil> (" + json.at("content") + ")");
                yield "";
            }
            case String text -> text;
            default ->
                String.join(
                        "\n",
                        json.objects("content").stream().map(ChatMessages::part).toList());
        };
    }

    private static String part(Fields json) {
        String type = json.text("type").orElse("");
        return switch (type) {
            case "text" -> json.text("text").orElseThrow(() -> json.wrong("text", "a string"));
            case "refusal" -> json.text("refusal").orElseThrow(() -> json.wrong("refusal", "a string"));
            case "image_url", "input_audio", "file" ->
                throw invalid(
                        "\"" + json.at(type) + "\": the models of this server read text only; leave the part out");
            default -> throw json.wrong("type", "text");
        };
    }

    private ToolCall call(Fields json) {
        json.accept("type", "index");
        Fields function = json.object("function").orElseThrow(() -> json.wrong("function", "an object"));
        String arguments = function.text("arguments").orElse("").strip();
        return new ToolCall(
                json.text("id").orElse(""),
                function.text("name").orElseThrow(() -> function.wrong("name", "a string")),
                Json.parseObject(arguments.isEmpty() ? "{}" : arguments)
                        .orElseThrow(() -> invalid("invalid tool call arguments in \"" + function.at("arguments")
                                + "\": a JSON object in a string is expected")));
    }

    private static PaddockException invalid(String message) {
        return new PaddockException(Fault.INVALID_REQUEST, message);
    }
}
