package dev.paddock.runner.embed;

import dev.paddock.api.fault.Fault;
import dev.paddock.runner.llama.EmbeddingContext;
import dev.paddock.runner.llama.LlamaException;
import dev.paddock.runner.llama.Model;
import dev.paddock.runner.llama.VectorTraits;

/**
 * Memory that computing vectors takes, before it is taken; in bytes.
 *
 * @param cache cells of the KV cache
 * @param work intermediate results
 * @param outputs rows that llama.cpp keeps of tokens with output: the vector, and logits of the whole vocabulary
 */
record Need(long cache, long work, long outputs) {
    /** A mask of 16 and of 32 bit, for what each token sees. */
    private static final int MASK_BYTES = Short.BYTES + Float.BYTES;

    /** What a context of this size takes when it computes a batch of so many outputs. */
    static Need of(Model model, VectorTraits traits, EmbeddingContext.Order order, int outputs) {
        // An encoder has no cache, and its graph makes no logits.
        long cache = traits.encoder() ? 0 : model.cacheBytesPerToken() * order.cells();
        long logits = traits.encoder() ? 0 : model.outputBytes() * order.outputs();
        long masks = (long) MASK_BYTES * order.batch() * order.cells();
        long work = model.workBytesPerToken() * order.batch() + masks + logits;
        return new Need(cache, work, model.outputBytes() * outputs);
    }

    /** The part of it that is not on the GPU where the model is. */
    Need besideGpu() {
        return new Need(0, 0, outputs);
    }

    long total() {
        return cache + work + outputs;
    }

    /**
     * Refuses what does not fit.
     *
     * @param tokens that are to be computed together
     * @param free bytes that may be taken; 0 when nobody knows
     * @throws LlamaException with the numbers
     */
    void check(int tokens, long free) {
        if (free <= 0 || total() <= free) return;
        throw new LlamaException(
                Fault.OUT_OF_MEMORY,
                "computing " + tokens + " tokens at once takes about " + megabytes(total()) + " MB of memory (cache "
                        + megabytes(cache) + ", work " + megabytes(work) + ", outputs " + megabytes(outputs)
                        + "), and " + free / 1_000_000 + " MB are free: send shorter inputs, or stop another model");
    }

    private static long megabytes(long bytes) {
        return (bytes + 999_999) / 1_000_000;
    }
}
