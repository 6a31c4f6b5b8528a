package dev.paddock.runner.llama;

import dev.paddock.api.engine.Sampling;
import java.lang.foreign.MemorySegment;

/**
 * A chain of llama.cpp's samplers, which it owns. The last must be one that selects ({@link #greedy}, {@link #random},
 * {@link #mirostat}) before a token is chosen. Values must have been checked. Not thread-safe.
 */
public final class NativeChain implements AutoCloseable {
    /** Logits divided by less would be infinite, and the choice among them nonsense. */
    private static final float LEAST_TEMPERATURE = 1e-6f;

    private final Vocabulary vocabulary;
    private MemorySegment chain = LlamaSamplers.newChain();
    private int size;

    /** An empty chain. */
    public NativeChain(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** Number of samplers. */
    public int size() {
        return size;
    }

    /** Drops the samplers from this place on. */
    public void cut(int from) {
        while (size > from) LlamaSamplers.free(LlamaSamplers.remove(chain, --size));
    }

    /** Penalties over the last tokens, at least one. */
    public void penalties(Sampling.Penalties p, int lastN) {
        add(LlamaSamplers.penalties(vocabulary.size(), lastN, p.repeat(), p.frequency(), p.presence()));
    }

    /** DRY over the last tokens, at least one. */
    public void dry(Sampling.Dry dry, int lastN) {
        add(RareSamplers.dry(vocabulary.pointer(), dry, lastN));
    }

    public void topNSigma(float n) {
        add(RareSamplers.topNSigma(n));
    }

    public void topK(int k) {
        add(LlamaSamplers.topK(k));
    }

    public void typical(float p) {
        add(LlamaSamplers.typical(p));
    }

    public void topP(float p) {
        add(LlamaSamplers.topP(p));
    }

    public void minP(float p) {
        add(LlamaSamplers.minP(p));
    }

    /** XTC with a generator of its own. */
    public void xtc(Sampling.Xtc xtc, int seed) {
        add(RareSamplers.xtc(xtc, seed));
    }

    /** A temperature, fixed or dynamic. */
    public void temperature(Sampling.Temperature t) {
        float value = t.value() > 0 ? Math.max(t.value(), LEAST_TEMPERATURE) : 0;
        add(t.range() > 0 ? RareSamplers.temperature(t) : LlamaSamplers.temperature(value));
    }

    /** Selects by the probabilities. */
    public void random(int seed) {
        add(LlamaSamplers.dist(seed));
    }

    /** Selects by mirostat, version 1 or 2. */
    public void mirostat(Sampling.Mirostat mirostat, int seed) {
        add(RareSamplers.mirostat(mirostat, vocabulary.size(), seed));
    }

    /** Selects the likeliest. */
    public void greedy() {
        add(LlamaSamplers.greedy());
    }

    private void add(MemorySegment sampler) {
        LlamaSamplers.add(chain, sampler);
        size++;
    }

    /** Lets penalties and DRY know a token, which the caller has checked. */
    public void accept(int token) {
        LlamaSamplers.accept(chain, token);
    }

    /**
     * Chooses and accepts the token that follows one of the last batch.
     *
     * @param index of that token, which must have been added with output
     */
    public int sample(Context context, int index) {
        return LlamaSamplers.sample(chain, context.pointer(), index);
    }

    /** Chooses one of these candidates, which it leaves in another order; does not accept it. */
    public int choose(Candidates candidates) {
        LlamaSamplers.apply(chain, candidates.array());
        return candidates.selected();
    }

    @Override
    public void close() {
        LlamaSamplers.free(chain);
        chain = MemorySegment.NULL;
    }
}
