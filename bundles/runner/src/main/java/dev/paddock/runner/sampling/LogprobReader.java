package dev.paddock.runner.sampling;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.paddock.api.engine.Logprob;
import dev.paddock.runner.llama.Vocabulary;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Tells how likely tokens were, before any sampler touched the logits. */
final class LogprobReader {
    private final Vocabulary vocabulary;
    private final Likelihoods likelihoods;
    private final float[] logits;

    /** @param most how many alternatives to tell */
    LogprobReader(Vocabulary vocabulary, int most) {
        this.vocabulary = vocabulary;
        likelihoods = new Likelihoods(Math.min(most, vocabulary.size()));
        logits = new float[vocabulary.size()];
    }

    /** How likely the chosen token was. */
    Logprob read(MemorySegment row, int chosen) {
        MemorySegment.copy(row, JAVA_FLOAT, 0, logits, 0, logits.length);
        likelihoods.read(logits);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = Vocabulary.pieceBuffer(arena);
            List<Logprob> top = new ArrayList<>();
            for (int token : likelihoods.best()) top.add(of(token, List.of(), buffer));
            return of(chosen, top, buffer);
        }
    }

    private Logprob of(int token, List<Logprob> top, MemorySegment buffer) {
        return new Logprob(token, vocabulary.piece(token, buffer, true), likelihoods.logarithm(logits[token]), top);
    }
}
