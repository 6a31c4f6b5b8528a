package dev.paddock.runner.sampling;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.paddock.runner.llama.Candidates;
import dev.paddock.runner.llama.Context;
import dev.paddock.runner.llama.LlamaException;
import dev.paddock.runner.llama.Vocabulary;
import java.lang.foreign.MemorySegment;

/**
 * Chooses tokens that a grammar allows. Lazily: the samplers choose as if there were none, and what they chose is looked
 * at; only when it is refused are all tokens looked at, and the samplers choose again among those that are allowed.
 */
final class GuidedChoice implements AutoCloseable {
    private static final int NONE = -1;

    private final SamplerChain chain;
    private final GrammarGuide guide;
    private final Vocabulary vocabulary;
    private final int[] ends;
    private Candidates candidates;

    GuidedChoice(SamplerChain chain, GrammarGuide guide, Vocabulary vocabulary) {
        this.chain = chain;
        this.guide = guide;
        this.vocabulary = vocabulary;
        ends = vocabulary.endTokens();
    }

    /** Takes in tokens[from..to) of the answer. */
    void replay(int[] tokens, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!take(tokens[i])) {
                throw Ranges.invalid("the answer that is to go on does not keep to its grammar at token " + i);
            }
        }
    }

    /** Chooses and takes in the token after one of the last batch. */
    int sample(Context context, int index, MemorySegment logits) {
        int token = first(context, index, logits);
        if (token == NONE || guide.spells(token) || !take(token)) token = second(logits);
        if (chain.remembers()) chain.accept(token);
        return token;
    }

    /** What the samplers choose without the grammar. */
    private int first(Context context, int index, MemorySegment logits) {
        if (chain.learns()) return NONE; // from a token that is refused it would learn what is not so
        if (!chain.remembers()) return chain.sample(context, index);
        Candidates all = candidates();
        for (int token = 0; token < vocabulary.size(); token++) {
            all.add(token, logits.getAtIndex(JAVA_FLOAT, token));
        }
        return chain.choose(all, 0);
    }

    private int second(MemorySegment logits) {
        Candidates allowed = candidates();
        boolean complete = guide.allowed(token -> add(allowed, token, logits));
        if (guide.whole()) {
            for (int end : ends) add(allowed, end, logits);
            if (allowed.size() == 0 && ends.length > 0) return ends[0];
        }
        if (allowed.size() == 0) throw noToken(complete);
        int token = chain.choose(allowed, 1);
        take(token);
        return token;
    }

    private static void add(Candidates allowed, int token, MemorySegment logits) {
        float logit = logits.getAtIndex(JAVA_FLOAT, token);
        if (logit > Float.NEGATIVE_INFINITY) allowed.add(token, logit);
    }

    private static LlamaException noToken(boolean complete) {
        return Ranges.invalid(
                complete
                        ? "the grammar, with the biases, leaves no token of this model to go on with"
                        : "the grammar allows too many readings of the same text; make it simpler");
    }

    private boolean take(int token) {
        return vocabulary.endsGeneration(token) ? guide.whole() : guide.accept(token);
    }

    private Candidates candidates() {
        if (candidates == null) candidates = new Candidates(vocabulary.size());
        candidates.clear();
        return candidates;
    }

    @Override
    public void close() {
        guide.close();
        if (candidates != null) candidates.close();
    }
}
