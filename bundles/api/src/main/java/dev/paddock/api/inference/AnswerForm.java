package dev.paddock.api.inference;

import java.util.Optional;

/**
 * What an answer shall look like.
 *
 * @param grammar GBNF that it keeps to, with the rule {@code root}
 * @param logprobs -1 = none; 0 = of the chosen tokens; n = of the n likeliest beside them, at most 20
 * @param overflow what happens when the context is too small; empty = as the server is set
 */
public record AnswerForm(Optional<String> grammar, int logprobs, Optional<ContextPolicy> overflow) {
    /** Free text. */
    public static final AnswerForm FREE = new AnswerForm(Optional.empty(), -1, Optional.empty());
}
