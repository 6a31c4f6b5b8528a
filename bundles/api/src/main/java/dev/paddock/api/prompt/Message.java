package dev.paddock.api.prompt;

import java.util.List;

/**
 * One turn of a conversation.
 *
 * @param role who speaks
 * @param content the text; empty when there is none
 * @param thinking the model's earlier reasoning; empty when there is none
 * @param toolCalls calls the assistant made
 * @param toolName for role tool: the tool that answered; may be empty
 * @param toolCallId for role tool: the call that is answered; may be empty
 */
public record Message(
        Role role, String content, String thinking, List<ToolCall> toolCalls, String toolName, String toolCallId) {
    public Message {
        toolCalls = List.copyOf(toolCalls);
    }

    /** A turn that is only text. */
    public Message(Role role, String content) {
        this(role, content, "", List.of(), "", "");
    }
}
