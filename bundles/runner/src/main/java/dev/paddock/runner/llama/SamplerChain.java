package dev.paddock.runner.llama;

import dev.paddock.api.engine.Sampling;
import java.lang.foreign.MemorySegment;

/** How one sequence chooses its tokens; remembers them for penalties. Used by the thread that decodes. */
public final class SamplerChain implements AutoCloseable {
    private static final int RANDOM_SEED = 0xFFFF_FFFF;

    private MemorySegment chain;
    private final int remembered;

    /**
     * Builds the chain; always ends with a sampler that selects.
     *
     * @param sampling checked values
     * @param contextLength what a repeatLastN of -1 means
     */
    public SamplerChain(Sampling sampling, int vocabularySize, int contextLength) {
        chain = LlamaSamplers.newChain();
        remembered = remembered(sampling, contextLength);
        if (remembered > 0) {
            add(LlamaSamplers.penalties(
                    vocabularySize,
                    remembered,
                    sampling.penalties().repeat(),
                    sampling.penalties().frequency(),
                    sampling.penalties().presence()));
        }
        if (sampling.greedy()) {
            add(LlamaSamplers.greedy());
        } else {
            addRandom(sampling);
        }
    }

    private static int remembered(Sampling s, int contextLength) {
        Sampling.Penalties p = s.penalties();
        boolean penalties = p.repeat() != 1 || p.frequency() != 0 || p.presence() != 0;
        int lastN = p.lastN() < 0 ? contextLength : Math.min(p.lastN(), contextLength);
        return penalties ? lastN : 0;
    }

    private void addRandom(Sampling s) {
        Sampling.Cutoffs cut = s.cutoffs();
        if (cut.topK() > 0) add(LlamaSamplers.topK(cut.topK()));
        if (cut.typicalP() < 1) add(LlamaSamplers.typical(cut.typicalP()));
        if (cut.topP() < 1) add(LlamaSamplers.topP(cut.topP()));
        if (cut.minP() > 0) add(LlamaSamplers.minP(cut.minP()));
        add(LlamaSamplers.temperature(s.temperature().value()));
        add(LlamaSamplers.dist(s.seed() < 0 ? RANDOM_SEED : (int) s.seed()));
    }

    private void add(MemorySegment sampler) {
        LlamaSamplers.add(chain, sampler);
    }

    /** Lets penalties know the prompt. */
    public void remember(int[] prompt) {
        for (int i = Math.max(0, prompt.length - remembered); i < prompt.length; i++) {
            LlamaSamplers.accept(chain, prompt[i]);
        }
    }

    /** Chooses the token that follows a token of the last batch, which must have been added with output. */
    public int sample(Context context, int index) {
        return LlamaSamplers.sample(chain, context.pointer(), index);
    }

    @Override
    public void close() {
        LlamaSamplers.free(chain);
        chain = MemorySegment.NULL;
    }
}
