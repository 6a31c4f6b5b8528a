package dev.paddock.prompt.adapt;

import dev.paddock.api.prompt.Message;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * An answer that is begun: the model goes on with it. The template writes the turn with a mark in place of what is begun,
 * and the prompt ends where the mark stands; so the answer has the header, and the thoughts before it, that the template
 * gives it.
 *
 * @param begun what the assistant has said so far
 * @param thoughtless whether thoughts are not wanted, so that the opening of a turn leads to content
 */
public record Prefill(Message begun, boolean thoughtless) {
    private static final String MARK = "place-where-the-answer-goes-on";
    private static final String OPEN = "<think>";
    private static final String CLOSE = "</think>";

    /**
     * The prompt that ends with what is begun; empty when there is no place for it.
     *
     * @param written what the template makes of the conversation with this as the assistant's last message; empty when
     *     it fails
     * @param opened the prompt for a new answer; empty when the template fails
     */
    public Optional<String> within(Function<Message, Optional<String>> written, Optional<String> opened) {
        for (var begun : new LinkedHashSet<>(List.of(split(), begun))) {
            boolean thought = begun.content().isEmpty();
            var marked = thought ? with(begun, "", MARK) : with(begun, MARK, begun.thinking());
            var prompt = written.apply(marked).flatMap(Prefill::upToMark);
            if (prompt.isEmpty()) continue;
            if (thought) return prompt.map(lead -> lead + begun.thinking());
            return Optional.of(lead(begun, prompt.get(), opened.orElse("")) + begun.content());
        }
        return opened.flatMap(this::behind);
    }

    /** What stands before the content: of a turn in the history, or of a new one with its thought, or with an empty one. */
    private String lead(Message begun, String written, String opened) {
        String thought = begun.thinking().strip();
        if (!thought.isEmpty() && opens(opened) && !written.contains(thought)) {
            return opened + thought + "\n" + CLOSE + "\n\n";
        }
        boolean same = opened.startsWith(written)
                && (thoughtless || opened.stripTrailing().endsWith(CLOSE));
        return same ? opened : written;
    }

    private static boolean opens(String opened) {
        return opened.stripTrailing().endsWith(OPEN);
    }

    private static Optional<String> upToMark(String text) {
        int at = text.lastIndexOf(MARK);
        return at < 0 ? Optional.empty() : Optional.of(text.substring(0, at));
    }

    /** For templates that write no begun turn: empty when a thought is begun and the template opens none. */
    private Optional<String> behind(String opened) {
        if (!begun.content().isEmpty()) return Optional.of(opened + begun.content());
        return opens(opened) ? Optional.of(opened + begun.thinking()) : Optional.empty();
    }

    /** The same where a thought is begun in the content, as clients do that know no field for it. */
    private Message split() {
        String content = begun.content();
        if (!content.startsWith(OPEN) || !begun.thinking().isEmpty()) return begun;
        int close = content.indexOf(CLOSE);
        if (close < 0) return with(begun, "", content.substring(OPEN.length()).stripLeading());
        String answer = content.substring(close + CLOSE.length()).stripLeading();
        String thought = content.substring(OPEN.length(), close).strip();
        return answer.isEmpty() || thought.isEmpty() ? begun : with(begun, answer, thought);
    }

    private static Message with(Message begun, String content, String thinking) {
        return new Message(begun.role(), content, thinking, List.of(), "", "");
    }
}
