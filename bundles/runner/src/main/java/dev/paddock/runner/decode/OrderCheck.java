package dev.paddock.runner.decode;

import dev.paddock.runner.llama.LlamaException;
import dev.paddock.runner.llama.Vocabulary;
import dev.paddock.runner.protocol.FailureCode;
import dev.paddock.runner.protocol.Message;
import dev.paddock.runner.protocol.Message.Sampling;

/** Refuses what native code would die of, and what makes no sense. */
final class OrderCheck {
    private static final int MOST_STOPS = 64;
    private static final int LONGEST_STOP = 4096;

    private OrderCheck() {}

    /** @throws LlamaException with a message that names the field */
    static void check(Message.Generate order, Vocabulary vocabulary, int contextLength) {
        int length = order.prompt().length;
        if (length == 0) throw invalid("the prompt is empty");
        if (length >= contextLength) {
            throw new LlamaException(
                    FailureCode.CONTEXT_TOO_LONG,
                    "the prompt has " + length + " tokens, the context " + contextLength
                            + ", of which one is needed for an answer");
        }
        for (int token : order.prompt()) vocabulary.check(token);
        if (order.maxTokens() < -1) throw invalid("maxTokens is " + order.maxTokens() + ", allowed are -1 and more");
        if (order.stop().size() > MOST_STOPS) {
            throw invalid("there are " + order.stop().size() + " stop texts, allowed are " + MOST_STOPS);
        }
        for (String stop : order.stop()) range("length of a stop text", stop.length(), 1, LONGEST_STOP);
        check(order.sampling());
    }

    private static void check(Sampling s) {
        range("temperature", s.temperature(), 0, 1e6f);
        range("top_p", s.topP(), 0, 1);
        range("min_p", s.minP(), 0, 1);
        range("typical_p", s.typicalP(), 0, 1);
        range("repeat_last_n", s.repeatLastN(), -1, Integer.MAX_VALUE);
        range("repeat_penalty", s.repeatPenalty(), Float.MIN_NORMAL, 1e6f);
        range("presence_penalty", s.presencePenalty(), -1e6f, 1e6f);
        range("frequency_penalty", s.frequencyPenalty(), -1e6f, 1e6f);
        if (s.seed() > 0xFFFF_FFFFL) throw invalid("seed is " + s.seed() + ", which has more than 32 bits");
    }

    private static void range(String field, double value, double low, double high) {
        if (!(value >= low && value <= high)) { // false for NaN too
            throw invalid(field + " is " + value + ", allowed are " + low + " to " + high);
        }
    }

    private static LlamaException invalid(String message) {
        return new LlamaException(FailureCode.INVALID_REQUEST, message);
    }
}
