package dev.paddock.runner.decode;

import dev.paddock.runner.cache.PrefixCache;
import dev.paddock.runner.llama.Adapters;
import dev.paddock.runner.llama.Context;
import dev.paddock.runner.llama.Model;
import dev.paddock.runner.llama.SequenceState;
import dev.paddock.runner.speculate.Drafters;

/**
 * What the decode thread works with.
 *
 * @param model weights and vocabulary
 * @param context KV cache and compute buffers
 * @param memory the KV cache, sequence by sequence
 * @param cache what is computed already; hands out the sequence ids
 * @param drafters guess tokens ahead
 * @param adapters on top of the model
 */
public record Engine(
        Model model, Context context, SequenceState memory, PrefixCache cache, Drafters drafters, Adapters adapters)
        implements AutoCloseable {
    /** All but the model and the context. */
    @Override
    public void close() {
        drafters.close();
        cache.close();
        adapters.close();
    }
}
