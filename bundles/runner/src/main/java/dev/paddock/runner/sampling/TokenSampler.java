package dev.paddock.runner.sampling;

import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.Logprob;
import dev.paddock.runner.llama.Context;
import dev.paddock.runner.llama.LlamaException;
import dev.paddock.runner.llama.Logits;
import dev.paddock.runner.llama.Vocabulary;
import java.lang.foreign.MemorySegment;

/** Chooses the tokens of one answer as its order asks: samplers, biases, grammar, probabilities. */
public final class TokenSampler implements TokenChoice {
    private final Vocabulary vocabulary;
    private final SamplerChain chain;
    private final Biases biases;
    private final LogprobReader reader;
    /** Null without a grammar. */
    private final GuidedChoice guided;

    private Logprob logprob;

    /**
     * Builds the samplers.
     *
     * @param order checked by {@link OrderCheck}
     * @param contextLength tokens that one answer and its prompt may have
     * @param shown control tokens that print, and so come under the grammar
     * @throws LlamaException INVALID_REQUEST when the grammar is not sound; it names the rule
     */
    public TokenSampler(GenerationOrder order, Vocabulary vocabulary, int contextLength, ShownTokens shown) {
        GrammarGuide guide = order.grammar().isEmpty()
                ? null
                : new GrammarGuide(Gbnf.parse(order.grammar().get()), PieceTable.of(vocabulary, shown));
        this.vocabulary = vocabulary;
        biases = new Biases(order.sampling(), vocabulary);
        reader = order.logprobs() < 0 ? null : new LogprobReader(vocabulary, order.logprobs());
        chain = new SamplerChain(order.sampling(), vocabulary, contextLength);
        guided = guide == null ? null : new GuidedChoice(chain, guide, vocabulary);
    }

    @Override
    public void replay(int[] tokens, int from, int to, int answerFrom) {
        int answered = Math.min(to, Math.max(from, answerFrom));
        chain.replay(tokens, from, to);
        chain.skip(to - answered);
        if (guided != null) guided.replay(tokens, answered, to);
    }

    @Override
    public int sample(Context context, int index) {
        boolean reading = !biases.isEmpty() || reader != null || guided != null;
        MemorySegment logits = reading ? Logits.of(context, index, vocabulary) : MemorySegment.NULL;
        int token = biases.isEmpty() ? choose(context, index, logits) : chooseBiased(context, index, logits);
        chain.skip(1);
        logprob = reader == null ? null : reader.read(logits, token);
        return token;
    }

    private int choose(Context context, int index, MemorySegment logits) {
        return guided == null ? chain.sample(context, index) : guided.sample(context, index, logits);
    }

    private int chooseBiased(Context context, int index, MemorySegment logits) {
        biases.apply(logits);
        try {
            return choose(context, index, logits);
        } finally {
            biases.undo(logits);
        }
    }

    @Override
    public Logprob logprob() {
        return logprob;
    }

    @Override
    public void close() {
        chain.close();
        if (guided != null) guided.close();
    }
}
