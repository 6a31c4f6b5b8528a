package dev.paddock.dialect.gemini;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** The system instruction and the contents of a request. One thread. */
final class Contents {
    private static final String INSTRUCTION = "systemInstruction";
    private static final String CONTENTS = "contents";

    /** Calls that are not answered yet: Google's have no ids unless the client gives some. */
    private final Deque<ToolCall> open = new ArrayDeque<>();

    private final List<Message> messages = new ArrayList<>();
    private int calls;

    /** Reads {@code systemInstruction} and {@code contents}; at least one content is needed. */
    List<Message> parse(Fields body) {
        String system = body.value(INSTRUCTION).orElse("") instanceof String text
                ? text
                : body.object(INSTRUCTION).map(Contents::text).orElse("");
        if (!system.isEmpty()) messages.add(new Message(Role.SYSTEM, system));
        List<Fields> contents = body.objects(CONTENTS);
        if (contents.isEmpty()) throw body.wrong(CONTENTS, "a list of at least one content");
        contents.forEach(this::content);
        return messages;
    }

    /** All texts of a content that may hold nothing else. */
    static String text(Fields content) {
        content.accept("role");
        StringBuilder text = new StringBuilder();
        for (Fields part : content.objects("parts")) {
            text.append(part.text("text").orElseThrow(() -> part.wrong("text", "a string, and the only kind of part")));
        }
        return text.toString();
    }

    private void content(Fields json) {
        List<Fields> parts = json.objects("parts");
        if (parts.isEmpty()) throw json.wrong("parts", "a list of at least one part");
        switch (json.text("role").orElse("user")) {
            case "user", "function" -> user(parts);
            case "model" -> model(parts);
            default -> throw json.wrong("role", "user or model");
        }
    }

    private void user(List<Fields> parts) {
        StringBuilder said = new StringBuilder();
        for (Fields part : parts) {
            var response = part.object("functionResponse");
            if (response.isPresent()) messages.add(result(response.get()));
            else said.append(spoken(part));
        }
        if (!said.isEmpty()) messages.add(new Message(Role.USER, said.toString()));
    }

    private void model(List<Fields> parts) {
        StringBuilder said = new StringBuilder();
        StringBuilder thought = new StringBuilder();
        List<ToolCall> made = new ArrayList<>();
        for (Fields part : parts) {
            part.accept("thoughtSignature");
            var call = part.object("functionCall");
            if (call.isPresent()) made.add(call(call.get()));
            else (part.flag("thought", false) ? thought : said).append(spoken(part));
        }
        open.addAll(made);
        messages.add(new Message(Role.ASSISTANT, said.toString(), thought.toString(), made, "", ""));
    }

    private static String spoken(Fields part) {
        for (String name : List.of("inlineData", "fileData", "executableCode", "codeExecutionResult")) {
            if (part.value(name).isPresent()) {
                throw new PaddockException(
                        Fault.UNSUPPORTED,
                        "\"" + part.at(name) + "\" is not supported in this version of Paddock, whatever the model;"
                                + " send a text that says the same");
            }
        }
        return part.text("text").orElseThrow(() -> part.wrong("text", "a string"));
    }

    private ToolCall call(Fields json) {
        String id = json.text("id").orElse("");
        if (id.isEmpty()) id = "call_" + ++calls;
        return new ToolCall(id, name(json), json.map("args").orElse(Map.of()));
    }

    /** It answers the call of its id, or the oldest open call of its name. */
    private Message result(Fields json) {
        json.accept("willContinue", "scheduling");
        String id = json.text("id").orElse("");
        String name = name(json);
        var answered = open.stream()
                .filter(call ->
                        id.isEmpty() ? call.name().equals(name) : call.id().equals(id))
                .findFirst();
        answered.ifPresent(open::remove);
        String said = Json.write(json.map("response").orElse(Map.of()));
        return new Message(
                Role.TOOL, said, "", List.of(), name, answered.map(ToolCall::id).orElse(id));
    }

    private static String name(Fields json) {
        return json.text("name")
                .filter(name -> !name.isBlank())
                .orElseThrow(() -> json.wrong("name", "a string that is not empty"));
    }
}
