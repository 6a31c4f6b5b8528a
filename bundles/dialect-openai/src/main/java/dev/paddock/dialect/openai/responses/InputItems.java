package dev.paddock.dialect.openai.responses;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the items of a conversation, those of a request and those that were kept, in their order. One thread. */
final class InputItems {
    private static final String ARGUMENTS = "arguments";
    private static final String CALL_ID = "call_id";

    private final Conversation conversation = new Conversation();
    /** What is left out and why, and how often. */
    private final Map<String, Integer> leftOut = new LinkedHashMap<>();

    /** The turns that the items are. */
    List<Message> messages() {
        return conversation.messages();
    }

    /** What of the items is not in the turns, in sentences. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        leftOut.forEach((what, times) -> notes.add(times == 1 ? what : what + " (" + times + " times)"));
        return notes;
    }

    void instructions(String text) {
        if (!text.isEmpty()) conversation.said(Role.SYSTEM, text);
    }

    /** @throws PaddockException with {@link Fault#INVALID_REQUEST} naming the field */
    void add(Fields item) {
        item.accept("id", "status", "phase", "created_by", "caller", "async");
        switch (type(item)) {
            case "message" -> message(item);
            case "reasoning" -> reasoning(item);
            case "function_call" -> call(item);
            case "custom_tool_call" -> customCall(item);
            case "function_call_output", "custom_tool_call_output" -> output(item);
            case "web_search_call" -> leaveOut(item, "searches of another server are not shown to the model");
            default ->
                throw item.wrong(
                        "type",
                        "message, reasoning, function_call, function_call_output or item_reference; \"" + type(item)
                                + "\" is not known here");
        }
    }

    static String type(Fields item) {
        return item.text("type").orElseGet(() -> item.value("role").isPresent() ? "message" : "item_reference");
    }

    private void leaveOut(Fields item, String why) {
        item.whole();
        leftOut.merge("an item of type \"" + type(item) + "\" is left out: " + why, 1, Integer::sum);
    }

    private void message(Fields item) {
        String role = item.text("role").orElse("");
        switch (role) {
            case "user" -> conversation.said(Role.USER, ItemText.of(item, "content", "\n"));
            case "system", "developer" -> conversation.said(Role.SYSTEM, ItemText.of(item, "content", "\n"));
            case "assistant" -> conversation.answered(ItemText.of(item, "content", ""));
            default -> throw item.wrong("role", "user, assistant, system or developer");
        }
    }

    private void reasoning(Fields item) {
        var sealed = item.text(SealedThoughts.FIELD);
        String text = item.value("content").isPresent() ? ItemText.of(item, "content", "\n") : "";
        String summary = item.value("summary").isPresent() ? ItemText.of(item, "summary", "\n") : "";
        if (text.isEmpty()) text = sealed.flatMap(SealedThoughts::open).orElse(summary);
        if (text.isEmpty() && sealed.isPresent()) {
            leaveOut(item, "its thoughts were encrypted by another server");
        }
        conversation.thought(text);
    }

    private void call(Fields item) {
        String namespace = item.text("namespace").orElse("");
        String name = new ToolNames.Path(namespace, ResponseTools.name(item)).joined();
        String written = item.text(ARGUMENTS).orElse("").strip();
        if (item.text("status").orElse("").equals(OutputItem.INCOMPLETE)) {
            leaveOut(item, "the call was cut off");
            return;
        }
        Map<String, Object> arguments = Json.parseObject(written.isEmpty() ? "{}" : written)
                .orElseThrow(() -> item.wrong(ARGUMENTS, "a JSON object in a string"));
        conversation.called(new ToolCall(callId(item), name, arguments));
    }

    private void customCall(Fields item) {
        String name = ResponseTools.name(item);
        item.accept("namespace");
        conversation.called(new ToolCall(
                callId(item), name, Map.of("input", item.text("input").orElse(""))));
    }

    private void output(Fields item) {
        item.accept("name", "namespace");
        conversation.returned(callId(item), ItemText.of(item, "output", "\n"));
    }

    private static String callId(Fields item) {
        return item.text(CALL_ID)
                .filter(id -> !id.isBlank())
                .orElseThrow(() -> new PaddockException(
                        Fault.INVALID_REQUEST, "\"" + item.at(CALL_ID) + "\" must be the id of a call"));
    }
}
