package dev.paddock.runner.sampling;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.paddock.api.engine.Sampling;
import dev.paddock.runner.llama.Vocabulary;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * What is added to single logits. It is written into the model's output before a token is chosen and taken back after:
 * llama.cpp's own sampler for it searches all candidates for every entry once they are not in order.
 */
final class Biases {
    private final int[] tokens;
    private final float[] values;
    private final float[] before;

    /** Those of an order, and the tokens that are never to be chosen. */
    Biases(Sampling sampling, Vocabulary vocabulary) {
        int[] suppressed = vocabulary.suppressedTokens();
        int[] ends = sampling.ignoreEnd() ? vocabulary.endTokens() : new int[0];
        List<Sampling.Bias> asked = sampling.bias();
        int count = suppressed.length + ends.length + asked.size();
        tokens = new int[count];
        values = new float[count];
        before = new float[count];
        int next = 0;
        for (Sampling.Bias bias : asked) next = add(next, bias.token(), bias.value());
        for (int token : suppressed) next = add(next, token, Float.NEGATIVE_INFINITY);
        for (int token : ends) next = add(next, token, Float.NEGATIVE_INFINITY);
    }

    private int add(int place, int token, float value) {
        tokens[place] = token;
        values[place] = value;
        return place + 1;
    }

    /** Whether there are none. */
    boolean isEmpty() {
        return tokens.length == 0;
    }

    /** Adds all. */
    void apply(MemorySegment logits) {
        for (int i = 0; i < tokens.length; i++) {
            before[i] = logits.getAtIndex(JAVA_FLOAT, tokens[i]);
            logits.setAtIndex(JAVA_FLOAT, tokens[i], before[i] + values[i]);
        }
    }

    /** Takes them back; the other way round, for tokens that are there twice. */
    void undo(MemorySegment logits) {
        for (int i = tokens.length - 1; i >= 0; i--) logits.setAtIndex(JAVA_FLOAT, tokens[i], before[i]);
    }
}
