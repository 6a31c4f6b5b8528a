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
 * @param shown texts of control tokens that print in this answer, and that a grammar can ask for; at most {@link
 *     #MOST_SHOWN} of up to {@link #LONGEST_SHOWN} characters. All other control tokens print nothing, as do those that
 *     end an answer. What is no control token of the model is ignored
 */
public record GenerationOrder(
        int[] prompt,
        Sampling sampling,
        Ending ending,
        Optional<String> grammar,
        int logprobs,
        List<Adapter> adapters,
        String cacheScope,
        List<String> shown) {
    /** Most alternatives that are told of a token. */
    public static final int MOST_LOGPROBS = 20;

    /** Most adapters at once. */
    public static final int MOST_ADAPTERS = 8;

    /** Longest grammar, in characters. */
    public static final int LONGEST_GRAMMAR = 256 << 10;

    /** Most control tokens that print. */
    public static final int MOST_SHOWN = 64;

    /** Longest text of one, in characters. */
    public static final int LONGEST_SHOWN = 128;

    public GenerationOrder {
        adapters = List.copyOf(adapters);
        shown = List.copyOf(shown);
    }

    /** No control token prints. */
    public GenerationOrder(
            int[] prompt,
            Sampling sampling,
            Ending ending,
            Optional<String> grammar,
            int logprobs,
            List<Adapter> adapters,
            String cacheScope) {
        this(prompt, sampling, ending, grammar, logprobs, adapters, cacheScope, List.of());
    }

    /** Free text on the plain model. */
    public GenerationOrder(int[] prompt, Sampling sampling, Ending ending) {
        this(prompt, sampling, ending, Optional.empty(), -1, List.of(), "");
    }

    /** The same for another prompt. */
    public GenerationOrder with(int[] otherPrompt) {
        return new GenerationOrder(otherPrompt, sampling, ending, grammar, logprobs, adapters, cacheScope, shown);
    }

    /** The same for another prompt, ended and held otherwise. */
    public GenerationOrder with(int[] otherPrompt, Ending otherEnding, Optional<String> otherGrammar) {
        return new GenerationOrder(
                otherPrompt, sampling, otherEnding, otherGrammar, logprobs, adapters, cacheScope, shown);
    }

    /** The same with tokens chosen otherwise. */
    public GenerationOrder with(Sampling otherSampling) {
        return new GenerationOrder(prompt, otherSampling, ending, grammar, logprobs, adapters, cacheScope, shown);
    }
}
