package dev.paddock.inference;

import dev.paddock.api.engine.Abilities;
import dev.paddock.api.engine.RunnerFacts;

/** A runner's facts, changed for a test. */
final class Facts {
    private Facts() {}

    static RunnerFacts thatShift(RunnerFacts facts, boolean shift) {
        return new RunnerFacts(
                facts.pid(),
                facts.backend(),
                facts.engineVersion(),
                facts.contextLength(),
                facts.trainedContext(),
                facts.batch(),
                facts.microBatch(),
                facts.parallel(),
                facts.threads(),
                facts.vocabulary(),
                facts.embeddingLength(),
                new Abilities(true, true, false, shift, true),
                facts.bosToken(),
                facts.eosToken(),
                facts.placement(),
                facts.memory(),
                facts.weightsMillis(),
                facts.loadMillis(),
                facts.draft());
    }
}
