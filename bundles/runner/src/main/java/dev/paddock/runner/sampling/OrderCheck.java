package dev.paddock.runner.sampling;

import dev.paddock.api.engine.Adapter;
import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.fault.Fault;
import dev.paddock.runner.llama.LlamaException;

/** Refuses what native code would die of, and what makes no sense. Knows no native code itself. */
public final class OrderCheck {
    private static final int MOST_STOPS = 64;
    private static final int LONGEST_STOP = 4096;
    private static final int LONGEST_SCOPE = 256;
    private static final float STRONGEST_ADAPTER = 1000;

    private OrderCheck() {}

    /**
     * Looks at every token, number and text but the grammar's rules, which {@link TokenSampler} reads.
     *
     * @param vocabulary number of tokens
     * @param contextLength tokens that prompt and answer may have together
     * @throws LlamaException with a message that names the field
     */
    public static void check(GenerationOrder order, int vocabulary, int contextLength) {
        checkPrompt(order.prompt(), vocabulary, contextLength);
        checkEnding(order.ending(), contextLength);
        SamplingCheck.check(order.sampling(), vocabulary);
        Ranges.check("logprobs", order.logprobs(), -1, GenerationOrder.MOST_LOGPROBS);
        Ranges.check("number of adapters", order.adapters().size(), 0, GenerationOrder.MOST_ADAPTERS);
        for (Adapter adapter : order.adapters()) {
            Ranges.check("scale of an adapter", adapter.scale(), -STRONGEST_ADAPTER, STRONGEST_ADAPTER);
        }
        Ranges.check("length of the cache scope", order.cacheScope().length(), 0, LONGEST_SCOPE);
        Ranges.check("number of shown control tokens", order.shown().size(), 0, GenerationOrder.MOST_SHOWN);
        for (String text : order.shown()) {
            Ranges.check("length of a shown control token", text.length(), 1, GenerationOrder.LONGEST_SHOWN);
        }
        if (order.grammar().isPresent()) {
            Ranges.check("length of the grammar", order.grammar().get().length(), 1, GenerationOrder.LONGEST_GRAMMAR);
        }
    }

    private static void checkPrompt(int[] prompt, int vocabulary, int contextLength) {
        if (prompt.length == 0) throw Ranges.invalid("the prompt is empty");
        if (prompt.length >= contextLength) {
            throw new LlamaException(
                    Fault.CONTEXT_TOO_LONG,
                    "the prompt has " + prompt.length + " tokens, the context " + contextLength
                            + ", of which one is needed for an answer");
        }
        for (int token : prompt) Ranges.token("prompt", token, vocabulary);
    }

    private static void checkEnding(Ending ending, int contextLength) {
        Ranges.check("num_predict", ending.maxTokens(), -1, Integer.MAX_VALUE);
        Ranges.check("number of stop texts", ending.stop().size(), 0, MOST_STOPS);
        for (String stop : ending.stop()) Ranges.check("length of a stop text", stop.length(), 1, LONGEST_STOP);
        if (ending.shift().isPresent()) {
            Ranges.check("num_keep", ending.shift().getAsInt(), 0, contextLength - 1);
        }
    }
}
