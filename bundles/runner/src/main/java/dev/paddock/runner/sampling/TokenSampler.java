package dev.paddock.runner.sampling;

import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.Logprob;
import dev.paddock.api.fault.Fault;
import dev.paddock.runner.llama.Context;
import dev.paddock.runner.llama.LlamaException;
import dev.paddock.runner.llama.Logits;
import dev.paddock.runner.llama.Vocabulary;
import java.lang.foreign.MemorySegment;

/**
 * Chooses the tokens of one answer as its order asks: samplers, biases, grammar, probabilities. It may be made by any
 * thread and is then used by one.
 */
public final class TokenSampler implements AutoCloseable {
    private final Vocabulary vocabulary;
    private final SamplerChain chain;
    private final Biases biases;
    private final LogprobReader reader;
    private Logprob logprob;

    /**
     * Builds the samplers.
     *
     * @param order checked by {@link OrderCheck}
     * @param contextLength tokens that one answer and its prompt may have
     * @throws LlamaException INVALID_REQUEST when the grammar is not sound; it names the rule
     */
    public TokenSampler(GenerationOrder order, Vocabulary vocabulary, int contextLength) {
        if (order.grammar().isPresent()) {
            throw new LlamaException(Fault.UNSUPPORTED, "grammars are not supported by this runner");
        }
        this.vocabulary = vocabulary;
        biases = new Biases(order.sampling(), vocabulary);
        reader = order.logprobs() < 0 ? null : new LogprobReader(vocabulary, order.logprobs());
        chain = new SamplerChain(order.sampling(), vocabulary, contextLength);
    }

    /**
     * Takes in tokens that were computed or chosen before: penalties and DRY see them; those of the answer move grammar
     * and random choices on too, so that an answer taken up again with a fixed seed goes on as it would have. (Mirostat
     * alone starts afresh: what it knows cannot be told from tokens.)
     *
     * @param tokens of prompt and answer, each in the vocabulary
     * @param from the first to take in
     * @param to the first not to take in
     * @param answerFrom where the answer starts
     */
    public void replay(int[] tokens, int from, int to, int answerFrom) {
        chain.replay(tokens, from, to);
        chain.skip(Math.max(0, to - Math.max(from, answerFrom)));
    }

    /**
     * Chooses the next token and takes it in.
     *
     * @param index of a token of the last batch that was added with output
     */
    public int sample(Context context, int index) {
        MemorySegment logits = biases.isEmpty() && reader == null ? null : Logits.of(context, index, vocabulary);
        int token;
        if (biases.isEmpty()) {
            token = chain.sample(context, index);
        } else {
            biases.apply(logits);
            try {
                token = chain.sample(context, index);
            } finally {
                biases.undo(logits);
            }
        }
        chain.skip(1);
        logprob = reader == null ? null : reader.read(logits, token);
        return token;
    }

    /** How likely the last token was; null when the order does not ask. */
    public Logprob logprob() {
        return logprob;
    }

    @Override
    public void close() {
        chain.close();
    }
}
