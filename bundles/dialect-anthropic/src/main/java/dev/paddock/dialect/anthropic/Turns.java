package dev.paddock.dialect.anthropic;

import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.dialect.kit.Fields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The system prompt and the messages of a request. One thread. */
final class Turns {
    private static final String CONTENT = "content";
    private static final String LINE = "\n";

    private final Map<String, String> toolNames = new HashMap<>();
    private final List<Message> turns = new ArrayList<>();

    /** Reads {@code system} and {@code messages}; at least one message is needed. */
    List<Message> parse(Fields body) {
        String system = TextBlocks.joined(body, "system", LINE + LINE);
        if (!system.isEmpty()) turns.add(new Message(Role.SYSTEM, system));
        List<Fields> messages = body.objects("messages");
        if (messages.isEmpty()) throw body.wrong("messages", "a list of at least one message");
        messages.forEach(this::message);
        return turns;
    }

    private void message(Fields json) {
        if (json.value(CONTENT).isEmpty()) throw json.wrong(CONTENT, "a string or a list of blocks");
        switch (json.text("role").orElse("")) {
            case "user" -> user(json);
            case "assistant" -> add(assistant(json));
            case "system" -> add(new Message(Role.SYSTEM, TextBlocks.joined(json, CONTENT, LINE)));
            default -> throw json.wrong("role", "user or assistant");
        }
    }

    /** Results of tools come first, whatever stands before them: they answer the calls of the message before. */
    private void user(Fields json) {
        if (json.value(CONTENT).orElseThrow() instanceof String text) {
            add(new Message(Role.USER, text));
            return;
        }
        List<String> texts = new ArrayList<>();
        for (Fields block : json.objects(CONTENT)) {
            if (block.text("type").orElse("").equals("tool_result")) turns.add(result(block));
            else texts.add(TextBlocks.text(block));
        }
        if (!texts.isEmpty()) add(new Message(Role.USER, String.join(LINE, texts)));
    }

    private Message result(Fields block) {
        block.accept("cache_control");
        String id = block.text("tool_use_id").orElse("");
        String name = toolNames.get(id);
        if (name == null) throw block.wrong("tool_use_id", "the id of a tool_use block of an earlier message");
        String said = TextBlocks.joined(block, CONTENT, LINE);
        boolean told = said.toLowerCase(Locale.ROOT).startsWith("error");
        if (block.flag("is_error", false) && !told) said = "Error: " + said;
        return new Message(Role.TOOL, said, "", List.of(), name, id);
    }

    private Message assistant(Fields json) {
        if (json.value(CONTENT).orElseThrow() instanceof String text) return new Message(Role.ASSISTANT, text);
        StringBuilder said = new StringBuilder();
        StringBuilder thought = new StringBuilder();
        List<ToolCall> calls = new ArrayList<>();
        for (Fields block : json.objects(CONTENT)) {
            switch (block.text("type").orElse("")) {
                case "thinking" -> {
                    block.accept("signature");
                    thought.append(block.text("thinking").orElse(""));
                }
                case "redacted_thinking" -> {} // sealed: nobody but who wrote it can read it
                case "tool_use" -> calls.add(call(block));
                default -> said.append(TextBlocks.text(block));
            }
        }
        return new Message(Role.ASSISTANT, said.toString(), thought.toString(), calls, "", "");
    }

    private ToolCall call(Fields block) {
        block.accept("cache_control", "caller");
        String id = required(block, "id");
        String name = required(block, "name");
        toolNames.put(id, name);
        return new ToolCall(id, name, block.map("input").orElseThrow(() -> block.wrong("input", "an object")));
    }

    private static String required(Fields block, String field) {
        return block.text(field)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> block.wrong(field, "a string that is not empty"));
    }

    /** Turns of one speaker that follow each other are one, as with Anthropic: many templates want them to alternate. */
    private void add(Message next) {
        Message last = turns.isEmpty() ? null : turns.getLast();
        if (last == null || last.role() != next.role()) {
            turns.add(next);
            return;
        }
        String between = next.role() == Role.ASSISTANT || last.content().isEmpty() ? "" : LINE;
        List<ToolCall> calls = new ArrayList<>(last.toolCalls());
        calls.addAll(next.toolCalls());
        turns.set(
                turns.size() - 1,
                new Message(
                        next.role(),
                        last.content() + between + next.content(),
                        last.thinking() + next.thinking(),
                        calls,
                        "",
                        ""));
    }
}
