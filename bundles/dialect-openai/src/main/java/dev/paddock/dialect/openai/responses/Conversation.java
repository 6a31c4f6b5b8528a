package dev.paddock.dialect.openai.responses;

import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.ToolCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the items of a conversation together as turns: what one answer consisted of, thoughts, text and calls, is one
 * message of the assistant. One thread.
 */
final class Conversation {
    private final List<Message> messages = new ArrayList<>();
    private final Map<String, String> toolNames = new HashMap<>();
    private final List<ToolCall> calls = new ArrayList<>();
    private String text = "";
    private String thoughts = "";
    /** Those that belong to what comes next of the answer. */
    private String pending = "";

    /** A turn of the user or the system. */
    void said(Role role, String content) {
        endTurn();
        messages.add(new Message(role, content));
    }

    /** Text of the assistant. Two in a row are two messages, unless calls stand between. */
    void answered(String content) {
        if (!text.isEmpty() && calls.isEmpty()) endAnswer();
        think();
        text = joined(text, content);
    }

    /** Thoughts of the assistant. */
    void thought(String content) {
        pending = joined(pending, content);
    }

    /** A call that the assistant made. */
    void called(ToolCall call) {
        think();
        toolNames.put(call.id(), call.name());
        calls.add(call);
    }

    /** What a call gave. */
    void returned(String callId, String output) {
        endTurn();
        messages.add(new Message(Role.TOOL, output, "", List.of(), toolNames.getOrDefault(callId, ""), callId));
    }

    /** All turns. */
    List<Message> messages() {
        endTurn();
        return List.copyOf(messages);
    }

    private void think() {
        thoughts = joined(thoughts, pending);
        pending = "";
    }

    private void endTurn() {
        think();
        endAnswer();
    }

    private void endAnswer() {
        if (!text.isEmpty() || !thoughts.isEmpty() || !calls.isEmpty()) {
            messages.add(new Message(Role.ASSISTANT, text, thoughts, calls, "", ""));
        }
        text = "";
        thoughts = "";
        calls.clear();
    }

    private static String joined(String before, String after) {
        return before.isEmpty() || after.isEmpty() ? before + after : before + "\n" + after;
    }
}
