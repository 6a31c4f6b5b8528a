package dev.paddock.prompt;

import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.ToolCall;
import java.util.ArrayList;
import java.util.List;

/** A conversation as Ollama's templates see it. */
record GoTurns(List<Message> messages) {
    /** One exchange; what is missing is empty. */
    record Turn(String system, String prompt, String response) {
        private boolean asked() {
            return !prompt.isEmpty() || !response.isEmpty();
        }
    }

    /** Neighbours of one role made one message, with a blank line between; results of tools stay apart. */
    List<Message> merged() {
        List<Message> merged = new ArrayList<>();
        for (Message message : messages) {
            boolean joins =
                    !merged.isEmpty() && merged.getLast().role() == message.role() && message.role() != Role.TOOL;
            if (joins) merged.add(joined(merged.removeLast(), message));
            else merged.add(message);
        }
        return merged;
    }

    private static Message joined(Message first, Message second) {
        List<ToolCall> calls = new ArrayList<>(first.toolCalls());
        calls.addAll(second.toolCalls());
        return new Message(
                first.role(),
                joined(first.content(), second.content()),
                joined(first.thinking(), second.thinking()),
                calls,
                first.toolName(),
                first.toolCallId());
    }

    private static String joined(String first, String second) {
        return first.isEmpty() || second.isEmpty() ? first + second : first + "\n\n" + second;
    }

    /** System, prompt and response of each turn; the last one is to be answered. */
    List<Turn> turns() {
        List<Turn> turns = new ArrayList<>();
        Turn turn = new Turn("", "", "");
        for (Message message : merged()) {
            boolean begins =
                    switch (message.role()) {
                        case SYSTEM -> turn.asked();
                        case USER -> !turn.response().isEmpty();
                        case ASSISTANT, TOOL -> false;
                    };
            if (begins) {
                turns.add(turn);
                turn = new Turn("", "", "");
            }
            turn = with(turn, message);
        }
        turns.add(turn);
        return turns;
    }

    private static Turn with(Turn turn, Message message) {
        return switch (message.role()) {
            case SYSTEM -> new Turn(message.content(), turn.prompt(), turn.response());
            case USER -> new Turn(turn.system(), joined(turn.prompt(), message.content()), turn.response());
            case ASSISTANT -> new Turn(turn.system(), turn.prompt(), joined(turn.response(), message.content()));
            // Such templates know no tools.
            case TOOL -> turn;
        };
    }
}
