package dev.paddock.runner.embed;

import dev.paddock.api.fault.Fault;
import dev.paddock.runner.llama.EmbeddingContext;
import dev.paddock.runner.llama.LlamaException;
import dev.paddock.runner.llama.TokenBatch;
import dev.paddock.runner.llama.VectorTraits;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes one group of inputs: in one batch, or in several where the model is causal. Where the last token alone has
 * the vector, the others go first, without output: llama.cpp would compute and keep logits of each.
 */
final class Pass {
    private final VectorTraits traits;
    private final EmbeddingContext context;
    private final List<Job.Part> group;
    private final float[][] vectors;
    private final List<Slice> slices = new ArrayList<>();
    private int sequence;
    private int from;
    private boolean ended;

    /** A run of an input's tokens in one batch. */
    private record Slice(int sequence, int count, boolean first, boolean last) {}

    Pass(VectorTraits traits, EmbeddingContext context, List<Job.Part> group) {
        this.traits = traits;
        this.context = context;
        this.group = group;
        this.vectors = new float[group.size()][];
        context.forget();
    }

    /** Fills the next batch; false when all was computed. */
    boolean fill() {
        TokenBatch batch = context.batch();
        batch.clear();
        slices.clear();
        boolean silent = traits.lastTokenOnly();
        int capacity = context.order().batch();
        while (sequence < group.size() && batch.size() < capacity) {
            int[] tokens = group.get(sequence).tokens();
            int length = silent ? tokens.length - 1 : tokens.length;
            int count = Math.min(length - from, capacity - batch.size());
            for (int i = from; i < from + count; i++) batch.add(tokens[i], i, sequence, !silent);
            boolean last = from + count == length;
            if (!silent) slices.add(new Slice(sequence, count, from == 0, last));
            from = last ? 0 : from + count;
            sequence += last ? 1 : 0;
        }
        if (silent && batch.size() == 0 && !ended) fillLast(batch);
        return batch.size() > 0;
    }

    private void fillLast(TokenBatch batch) {
        ended = true;
        for (int i = 0; i < group.size(); i++) {
            int[] tokens = group.get(i).tokens();
            batch.add(tokens[tokens.length - 1], tokens.length - 1, i, true);
            slices.add(new Slice(i, 1, tokens.length == 1, true));
        }
    }

    /** Takes what the batch gave. */
    void collect() {
        for (Slice slice : slices) {
            int at = slice.sequence();
            switch (traits.pooling()) {
                case MEAN -> {
                    // The mean of this slice only; the length of the sum is of no interest, it is normalised.
                    float[] mean = context.vector(at);
                    if (vectors[at] == null) vectors[at] = new float[mean.length];
                    VectorMath.add(vectors[at], mean, slice.count());
                }
                case CLS -> vectors[at] = slice.first() ? context.vector(at) : vectors[at];
                case LAST, RANK -> vectors[at] = slice.last() ? context.vector(at) : vectors[at];
            }
        }
    }

    /** Hands the vectors to their requests. */
    void deliver() {
        for (float[] vector : vectors) {
            if (!VectorMath.finite(vector)) {
                throw new LlamaException(Fault.INTERNAL, "the model gave a vector with values that are no numbers");
            }
        }
        for (int i = 0; i < vectors.length; i++) {
            boolean rank = traits.pooling() == VectorTraits.Pooling.RANK;
            float[] result = rank ? new float[] {vectors[i][0]} : VectorMath.normalize(vectors[i]);
            group.get(i).job().put(group.get(i).index(), result);
        }
    }
}
