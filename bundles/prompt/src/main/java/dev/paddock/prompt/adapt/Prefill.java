package dev.paddock.prompt.adapt;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.ThoughtMarks;
import java.util.List;
import java.util.Optional;

/** An answer that the client has begun: the model goes on with it. */
final class Prefill {
    private static final ThoughtMarks USUAL = new ThoughtMarks("<think>\n", "\n</think>\n\n");

    private Prefill() {}

    /** What the assistant has said last, when that is to be continued: a call is not, nor is nothing. */
    static Optional<Message> of(List<Message> messages) {
        if (messages.isEmpty()) return Optional.empty();
        var last = messages.getLast();
        boolean begun = last.role() == Role.ASSISTANT
                && last.toolCalls().isEmpty()
                && !(last.content().isEmpty() && last.thinking().isEmpty());
        return begun ? Optional.of(last) : Optional.empty();
    }

    /**
     * A prompt that ends within the assistant's turn.
     *
     * @param prompt up to where the turn begins; it may have opened a thought
     * @param marks of thoughts; empty when the template writes none
     * @throws PaddockException with {@link Fault#UNSUPPORTED} when only a thought is begun and there is no way to write it
     */
    static String continued(String prompt, Message begun, Optional<ThoughtMarks> marks) {
        boolean opened = endsWith(prompt, marks.orElse(USUAL).open()) || endsWith(prompt, USUAL.open());
        if (marks.isEmpty() && !opened) {
            if (begun.content().isEmpty()) {
                throw new PaddockException(
                        Fault.UNSUPPORTED, "the model's chat template writes no thoughts, so none can be continued");
            }
            return prompt + begun.content();
        }
        var used = marks.orElse(USUAL);
        StringBuilder text = new StringBuilder(prompt);
        if (!begun.thinking().isEmpty()) text.append(opened ? "" : used.open()).append(begun.thinking());
        if (begun.content().isEmpty()) return text.toString();
        if (opened || !begun.thinking().isEmpty()) text.append(used.close());
        return text.append(begun.content()).toString();
    }

    private static boolean endsWith(String prompt, String mark) {
        return !mark.isBlank() && prompt.stripTrailing().endsWith(mark.strip());
    }
}
