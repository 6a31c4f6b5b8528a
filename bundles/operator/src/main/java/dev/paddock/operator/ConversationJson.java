package dev.paddock.operator;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.prompt.Tool;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Conversations as clients of OpenAI's or of Ollama's API write them, one message this way and another that way too. One thread. */
final class ConversationJson {
    private final Map<String, String> toolNames = new HashMap<>();

    /** Reads {@code messages}; at least one is needed. */
    List<Message> messages(Fields body) {
        List<Message> messages = new ArrayList<>();
        for (Fields json : body.objects("messages")) messages.add(message(json));
        if (messages.isEmpty()) throw invalid("\"messages\" must hold at least one message");
        return messages;
    }

    private Message message(Fields json) {
        json.refuse("images", "audio", "function_call");
        json.accept("refusal", "annotations");
        Role role = role(json);
        List<ToolCall> calls =
                json.objects("tool_calls").stream().map(this::call).toList();
        calls.forEach(call -> toolNames.put(call.id(), call.name()));
        String id = json.text("tool_call_id").orElse("");
        String name = first(json, "tool_name", "name");
        if (name.isEmpty()) name = toolNames.getOrDefault(id, "");
        return new Message(
                role,
                content(json),
                first(json, "thinking", "reasoning_content", "reasoning"),
                calls,
                role == Role.TOOL ? name : "",
                id);
    }

    private static String first(Fields json, String... names) {
        String found = "";
        for (String name : names) {
            String text = json.text(name).orElse("");
            if (found.isEmpty()) found = text;
        }
        return found;
    }

    private static Role role(Fields json) {
        return switch (json.text("role").orElse("").toLowerCase(Locale.ROOT)) {
            case "system", "developer" -> Role.SYSTEM;
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            case "tool" -> Role.TOOL;
            default -> throw json.wrong("role", "system, developer, user, assistant or tool");
        };
    }

    /** A text, or text parts, which become lines of one text. */
    private static String content(Fields json) {
        return switch (json.value("content").orElse("")) {
            case String text -> text;
            case List<?> parts ->
                String.join(
                        "\n",
                        json.objects("content").stream()
                                .map(ConversationJson::part)
                                .toList());
            default -> throw json.wrong("content", "a string or a list of parts");
        };
    }

    private static String part(Fields json) {
        String type = json.text("type").orElse("");
        if (!type.equals("text")) throw json.wrong("type", "text");
        return json.text("text").orElseThrow(() -> json.wrong("text", "a string"));
    }

    private ToolCall call(Fields json) {
        json.accept("type", "index");
        Fields function = json.object("function").orElseThrow(() -> json.wrong("function", "an object"));
        function.accept("index");
        String name = function.text("name").orElseThrow(() -> function.wrong("name", "a string"));
        return new ToolCall(json.text("id").orElse(""), name, arguments(function));
    }

    /** An object, or a JSON text of one. */
    private static Map<String, Object> arguments(Fields function) {
        Optional<Object> given = function.value("arguments");
        if (!(given.orElse(null) instanceof String text)) {
            return function.map("arguments").orElse(Map.of());
        }
        return Json.parseObject(text.isBlank() ? "{}" : text)
                .orElseThrow(() -> function.wrong("arguments", "an object, or a JSON object in a string"));
    }

    static List<Tool> tools(Fields body) {
        return body.objects("tools").stream().map(ConversationJson::tool).toList();
    }

    private static Tool tool(Fields json) {
        Fields function = json.object("function").orElseThrow(() -> json.wrong("function", "an object"));
        String name = function.text("name").orElse("");
        if (name.isBlank()) throw function.wrong("name", "a string that is not empty");
        return new Tool(name, json.whole());
    }

    /** True, false, or a level; absent = it is not said. */
    static Think think(Fields body) {
        return body.value("think")
                .map(value -> switch (value.toString()) {
                    case "true" -> Think.ON;
                    case "false" -> Think.OFF;
                    case "low" -> Think.LOW;
                    case "medium" -> Think.MEDIUM;
                    case "high" -> Think.HIGH;
                    case "max" -> Think.MAX;
                    default -> throw body.wrong("think", "true, false, low, medium, high or max");
                })
                .orElse(Think.UNSET);
    }

    private static PaddockException invalid(String message) {
        return new PaddockException(Fault.INVALID_REQUEST, message);
    }
}
