package dev.paddock.runner.decode;

import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.runner.llama.Vocabulary;
import dev.paddock.runner.sampling.ShownTokens;
import dev.paddock.runner.sampling.TokenSampler;

/** Makes sequences of requests that were checked. One thread. */
final class SequenceMaker implements Preparation.Maker {
    private final Vocabulary vocabulary;
    private final int contextLength;
    private final Pieces pieces;

    SequenceMaker(Vocabulary vocabulary, int contextLength) {
        this.vocabulary = vocabulary;
        this.contextLength = contextLength;
        this.pieces = new Pieces(vocabulary);
    }

    @Override
    public Sequence make(Request request) {
        GenerationOrder order = request.order().order();
        ShownTokens shown = ShownTokens.of(order.shown(), vocabulary);
        TokenSampler sampler = new TokenSampler(order, vocabulary, contextLength, shown);
        try {
            Sequence sequence = new Sequence(request, sampler, contextLength, shown);
            sequence.replay(pieces);
            return sequence;
        } catch (RuntimeException | Error e) {
            sampler.close();
            throw e;
        }
    }
}
