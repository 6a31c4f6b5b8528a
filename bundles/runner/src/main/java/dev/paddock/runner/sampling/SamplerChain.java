package dev.paddock.runner.sampling;

import dev.paddock.api.engine.Sampling;
import dev.paddock.runner.llama.Candidates;
import dev.paddock.runner.llama.Context;
import dev.paddock.runner.llama.NativeChain;
import dev.paddock.runner.llama.Vocabulary;

/**
 * The samplers of one order, in llama.cpp's default order: penalties, DRY, top-n-sigma, top-k, typical, top-p, min-p,
 * XTC, temperature. Only those that are on are there. Greedy needs no more than one.
 */
final class SamplerChain implements AutoCloseable {
    /** The least probability there is to typical sampling, which computes nonsense over tokens that have none. */
    private static final float NEARLY_NONE = 1e-30f;

    private static final int CHOICES = 2;

    private final Sampling sampling;
    private final Chance chance;
    private final NativeChain chain;
    private final int remembered;
    private final int drawing;

    /** @param contextLength what "the whole context" means, in tokens */
    SamplerChain(Sampling sampling, Vocabulary vocabulary, int contextLength) {
        this.sampling = sampling;
        chance = new Chance(sampling.seed());
        chain = new NativeChain(vocabulary);
        remembered = addHistory(contextLength);
        if (sampling.greedy()) {
            chain.greedy();
        } else if (sampling.mirostat().version() > 0) {
            chain.temperature(sampling.temperature());
            chain.mirostat(sampling.mirostat(), chance.seed(0));
        } else {
            addCutoffs(sampling.cutoffs());
        }
        drawing = chain.size();
    }

    private int addHistory(int contextLength) {
        Sampling.Penalties penalties = sampling.penalties();
        Sampling.Dry dry = sampling.dry();
        boolean penalized = penalties.repeat() != 1 || penalties.frequency() != 0 || penalties.presence() != 0;
        int penaltyReach = penalized ? reach(penalties.lastN(), contextLength) : 0;
        int dryReach = dry.multiplier() > 0 ? reach(dry.lastN(), contextLength) : 0;
        if (penaltyReach > 0) chain.penalties(penalties, penaltyReach);
        if (dryReach > 0) chain.dry(dry, dryReach);
        return Math.max(penaltyReach, dryReach);
    }

    private static int reach(int lastN, int contextLength) {
        return lastN < 0 ? contextLength : Math.min(lastN, contextLength);
    }

    private void addCutoffs(Sampling.Cutoffs cutoffs) {
        if (cutoffs.topNSigma() > 0) chain.topNSigma(cutoffs.topNSigma());
        if (cutoffs.topK() > 0) chain.topK(cutoffs.topK());
        if (cutoffs.typicalP() < 1) {
            chain.minP(NEARLY_NONE);
            chain.typical(cutoffs.typicalP());
        }
        if (cutoffs.topP() < 1) chain.topP(cutoffs.topP());
        if (cutoffs.minP() > 0) chain.minP(cutoffs.minP());
    }

    /** Whether a token that is accepted changes what is chosen later. */
    boolean remembers() {
        return remembered > 0;
    }

    /** Whether choosing alone changes what is chosen later. */
    boolean learns() {
        return sampling.mirostat().version() > 0;
    }

    /** Lets penalties and DRY know tokens[from..to). */
    void replay(int[] tokens, int from, int to) {
        for (int i = Math.max(from, to - remembered); i < to; i++) chain.accept(tokens[i]);
    }

    /** Goes on to a later token of the answer. */
    void skip(int tokens) {
        chance.skip(tokens);
    }

    /** Chooses and accepts the token after one of the last batch. */
    int sample(Context context, int index) {
        draw(0);
        return chain.sample(context, index);
    }

    /**
     * Chooses one of the candidates and does not accept it.
     *
     * @param attempt 0 for the first choice at this place, then counted up
     */
    int choose(Candidates candidates, int attempt) {
        draw(attempt);
        return chain.choose(candidates);
    }

    /** Accepts the chosen token. */
    void accept(int token) {
        chain.accept(token);
    }

    /** Renews the samplers that draw lots, each with the seed of its place. */
    private void draw(int attempt) {
        if (sampling.greedy() || learns()) return;
        chain.cut(drawing);
        Sampling.Xtc xtc = sampling.xtc();
        if (xtc.probability() > 0 && xtc.threshold() <= 0.5f) chain.xtc(xtc, chance.seed(attempt * CHOICES));
        chain.temperature(sampling.temperature());
        chain.random(chance.seed(attempt * CHOICES + 1));
    }

    @Override
    public void close() {
        chain.close();
    }
}
