package dev.paddock.api.engine;

import java.util.List;
import java.util.Optional;

/**
 * One prompt to be continued.
 *
 * @param prompt token ids; at least one
 * @param sampling how tokens are chosen
 * @param ending when it stops
 * @param grammar GBNF that the answer keeps to, with the rule {@code root}; at most {@link #LONGEST_GRAMMAR}
 * @param logprobs -1 = none; 0 = of the chosen tokens; n = of the n likeliest beside them, at most {@link
 *     #MOST_LOGPROBS}
 * @param adapters LoRA adapters on top of the model, at most {@link #MOST_ADAPTERS}
 * @param cacheScope answers share computed prefixes only with those of the same scope; empty = the common one
 */
public record GenerationOrder(
        int[] prompt,
        Sampling sampling,
        Ending ending,
        Optional<String> grammar,
        int logprobs,
        List<Adapter> adapters,
        String cacheScope) {
    /** Most alternatives that are told of a token. */
    public static final int MOST_LOGPROBS = 20;

    /** Most adapters at once. */
    public static final int MOST_ADAPTERS = 8;

    /** Longest grammar, in characters. */
    public static final int LONGEST_GRAMMAR = 256 << 10;

    public GenerationOrder {
        adapters = List.copyOf(adapters);
    }

    /** Free text on the plain model. */
    public GenerationOrder(int[] prompt, Sampling sampling, Ending ending) {
        this(prompt, sampling, ending, Optional.empty(), -1, List.of(), "");
    }
}
