package dev.paddock.prompt.format;

import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.ToolCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives the calls of a conversation the ids that a family's templates insist on, and the tools' answers the ids of their
 * calls: some clients send none, others those of another server. One conversation, one thread.
 */
final class CallIds {
    private final Naming naming;
    private final Map<String, String> byOldId = new HashMap<>();
    /** Calls of the last turn that no tool answered yet. */
    private final List<ToolCall> open = new ArrayList<>();

    private int calls;

    /** The form of ids. */
    interface Naming {
        /**
         * The id of a call.
         *
         * @param call with the id that it has so far, which may be empty
         * @param index of the call in the conversation, from 0
         */
        String id(ToolCall call, int index);
    }

    private CallIds(Naming naming) {
        this.naming = naming;
    }

    static List<Message> renamed(List<Message> messages, Naming naming) {
        var ids = new CallIds(naming);
        return messages.stream().map(ids::renamed).toList();
    }

    private Message renamed(Message message) {
        if (message.role() == Role.TOOL) {
            return with(message, message.toolCalls(), answered(message));
        }
        if (message.toolCalls().isEmpty()) return message;
        open.clear();
        for (ToolCall call : message.toolCalls()) {
            String id = naming.id(call, calls++);
            byOldId.put(call.id(), id);
            open.add(new ToolCall(id, call.name(), call.arguments()));
        }
        return with(message, List.copyOf(open), message.toolCallId());
    }

    /** The new id of the call that a tool answers. */
    private String answered(Message message) {
        String known = message.toolCallId().isEmpty() ? null : byOldId.get(message.toolCallId());
        ToolCall call = open.stream()
                .filter(each -> known == null ? fits(message, each) : each.id().equals(known))
                .findFirst()
                .orElse(null);
        open.remove(call);
        if (known != null) return known;
        if (call != null) return call.id();
        return naming.id(new ToolCall(message.toolCallId(), message.toolName(), Map.of()), calls);
    }

    private static boolean fits(Message message, ToolCall call) {
        return message.toolName().isEmpty() || message.toolName().equals(call.name());
    }

    private static Message with(Message message, List<ToolCall> calls, String toolCallId) {
        return new Message(
                message.role(), message.content(), message.thinking(), calls, message.toolName(), toolCallId);
    }
}
