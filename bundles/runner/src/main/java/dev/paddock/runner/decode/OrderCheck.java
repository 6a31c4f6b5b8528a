package dev.paddock.runner.decode;

import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.Sampling;
import dev.paddock.api.fault.Fault;
import dev.paddock.runner.llama.LlamaException;
import dev.paddock.runner.llama.Vocabulary;

/** Refuses what native code would die of, and what makes no sense. */
final class OrderCheck {
    private static final int MOST_STOPS = 64;
    private static final int LONGEST_STOP = 4096;

    private OrderCheck() {}

    /** @throws LlamaException with a message that names the field */
    static void check(GenerationOrder order, Vocabulary vocabulary, int contextLength) {
        int length = order.prompt().length;
        if (length == 0) throw invalid("the prompt is empty");
        if (length >= contextLength) {
            throw new LlamaException(
                    Fault.CONTEXT_TOO_LONG,
                    "the prompt has " + length + " tokens, the context " + contextLength
                            + ", of which one is needed for an answer");
        }
        for (int token : order.prompt()) vocabulary.check(token);
        if (order.ending().maxTokens() < -1)
            throw invalid("maxTokens is " + order.ending().maxTokens() + ", allowed are -1 and more");
        if (order.ending().stop().size() > MOST_STOPS) {
            throw invalid("there are " + order.ending().stop().size() + " stop texts, allowed are " + MOST_STOPS);
        }
        for (String stop : order.ending().stop()) range("length of a stop text", stop.length(), 1, LONGEST_STOP);
        check(order.sampling());
    }

    private static void check(Sampling s) {
        range("temperature", s.temperature().value(), 0, 1e6f);
        Sampling.Cutoffs cutoffs = s.cutoffs();
        range("top_p", cutoffs.topP(), 0, 1);
        range("min_p", cutoffs.minP(), 0, 1);
        range("typical_p", cutoffs.typicalP(), 0, 1);
        Sampling.Penalties penalties = s.penalties();
        range("repeat_last_n", penalties.lastN(), -1, Integer.MAX_VALUE);
        range("repeat_penalty", penalties.repeat(), Float.MIN_NORMAL, 1e6f);
        range("presence_penalty", penalties.presence(), -1e6f, 1e6f);
        range("frequency_penalty", penalties.frequency(), -1e6f, 1e6f);
        if (s.seed() > 0xFFFF_FFFFL) throw invalid("seed is " + s.seed() + ", which has more than 32 bits");
    }

    private static void range(String field, double value, double low, double high) {
        if (!(value >= low && value <= high)) { // false for NaN too
            throw invalid(field + " is " + value + ", allowed are " + low + " to " + high);
        }
    }

    private static LlamaException invalid(String message) {
        return new LlamaException(Fault.INVALID_REQUEST, message);
    }
}
