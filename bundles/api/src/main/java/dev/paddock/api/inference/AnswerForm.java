package dev.paddock.api.inference;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an answer shall look like, and what shapes it beside the model.
 *
 * @param format what its content keeps to
 * @param thoughtTokens most tokens of its thoughts, which are then ended for the model; empty = no limit
 * @param logprobs -1 = none; 0 = of the chosen tokens; n = of the n likeliest beside them, at most 20
 * @param overflow what happens when the context is too small; empty = as the server is set
 * @param adapters LoRA adapters that it is computed with, in place of the model's own; empty = the model's own, each
 *     with scale 1; an empty list = none at all
 */
public record AnswerForm(
        Optional<AnswerFormat> format,
        OptionalInt thoughtTokens,
        int logprobs,
        Optional<ContextPolicy> overflow,
        Optional<List<AdapterChoice>> adapters) {
    /** Free text. */
    public static final AnswerForm FREE = new AnswerForm(Optional.empty(), -1, Optional.empty());

    public AnswerForm {
        adapters = adapters.map(List::copyOf);
    }

    /** Computed with the model's own adapters, with as many thoughts as it likes. */
    public AnswerForm(Optional<AnswerFormat> format, int logprobs, Optional<ContextPolicy> overflow) {
        this(format, OptionalInt.empty(), logprobs, overflow, Optional.empty());
    }
}
