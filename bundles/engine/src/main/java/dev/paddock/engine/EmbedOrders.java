package dev.paddock.engine;

import dev.paddock.api.engine.RunnerFacts;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.util.ArrayList;
import java.util.List;

/** Inputs to be embedded, checked and in portions that a message and its answer can hold. */
final class EmbedOrders {
    /** Bounds one call, whose vectors are all kept until the last is there. */
    static final int MOST_INPUTS = 16_384;

    /** A frame holds four times as much. */
    private static final int MOST_BYTES = 4 << 20;

    private EmbedOrders() {}

    /**
     * @throws PaddockException with {@link Fault#UNSUPPORTED}, {@link Fault#TOO_LARGE}, {@link Fault#INVALID_REQUEST}
     *     or {@link Fault#CONTEXT_TOO_LONG}
     */
    static List<List<int[]>> parts(List<int[]> inputs, RunnerFacts facts) {
        if (!facts.abilities().embed() && !facts.abilities().rank()) {
            throw new PaddockException(Fault.UNSUPPORTED, "this model gives no vectors; use an embedding model");
        }
        if (inputs.size() > MOST_INPUTS) {
            throw new PaddockException(
                    Fault.TOO_LARGE, inputs.size() + " inputs at once; at most " + MOST_INPUTS + " are allowed");
        }
        for (int i = 0; i < inputs.size(); i++) check(i, inputs.get(i), facts);
        return split(inputs, facts.embeddingLength());
    }

    private static void check(int index, int[] input, RunnerFacts facts) {
        if (input.length == 0) {
            throw new PaddockException(Fault.INVALID_REQUEST, "input " + index + " is empty; give at least one token");
        }
        if (input.length > facts.contextLength()) {
            throw new PaddockException(
                    Fault.CONTEXT_TOO_LONG,
                    "input " + index + " has " + input.length + " tokens, the context holds " + facts.contextLength());
        }
        Orders.checkTokens(input, facts);
    }

    private static List<List<int[]>> split(List<int[]> inputs, int vectorLength) {
        List<List<int[]>> parts = new ArrayList<>();
        int from = 0;
        long bytes = 0;
        for (int i = 0; i < inputs.size(); i++) {
            long more = (long) Integer.BYTES * Math.max(inputs.get(i).length, vectorLength);
            if (i > from && bytes + more > MOST_BYTES) {
                parts.add(inputs.subList(from, i));
                from = i;
                bytes = 0;
            }
            bytes += more;
        }
        if (from < inputs.size()) parts.add(inputs.subList(from, inputs.size()));
        return parts;
    }
}
