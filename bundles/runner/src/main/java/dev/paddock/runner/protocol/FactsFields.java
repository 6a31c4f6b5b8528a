package dev.paddock.runner.protocol;

import dev.paddock.api.engine.Abilities;
import dev.paddock.api.engine.CacheStatus;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.Placement;
import dev.paddock.api.engine.RunnerFacts;
import dev.paddock.api.engine.RunnerStatus;

/** The fields of what a runner tells about itself; its draft model's name is the server's to know. */
final class FactsFields {
    private FactsFields() {}

    static FrameOutput encode(FrameOutput out, RunnerFacts facts) {
        out.number(facts.pid()).text(facts.backend()).text(facts.engineVersion());
        out.number(facts.contextLength()).number(facts.trainedContext()).number(facts.batch());
        out.number(facts.microBatch()).number(facts.parallel()).number(facts.threads());
        out.number(facts.vocabulary()).number(facts.embeddingLength());
        Abilities can = facts.abilities();
        out.flag(can.generate()).flag(can.embed()).flag(can.rank()).flag(can.shift());
        out.flag(can.rewind());
        out.text(facts.bosToken()).text(facts.eosToken());
        DeviceFields.encode(out, facts.memory());
        return out.number(facts.weightsMillis()).number(facts.loadMillis());
    }

    static RunnerFacts facts(FrameInput in) throws ProtocolException {
        return new RunnerFacts(
                in.longNumber(),
                in.text(),
                in.text(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                new Abilities(in.flag(), in.flag(), in.flag(), in.flag(), in.flag()),
                in.text(),
                in.text(),
                Placement.CPU, // the server knows where it was placed
                DeviceFields.uses(in),
                in.longNumber(),
                in.longNumber(),
                LoadOrder.Draft.NONE);
    }

    static FrameOutput encode(FrameOutput out, RunnerStatus status) {
        out.number(status.running()).number(status.waiting());
        out.number(status.promptTokens()).number(status.generatedTokens());
        CacheStatus cache = status.cache();
        out.number(cache.cells()).number(cache.live()).number(cache.kept());
        out.number(cache.hostBytes()).number(cache.diskBytes()).number(cache.reused());
        return out.number(status.vectorBytes());
    }

    static RunnerStatus status(FrameInput in) throws ProtocolException {
        return new RunnerStatus(
                in.number(),
                in.number(),
                in.longNumber(),
                in.longNumber(),
                new CacheStatus(
                        in.number(), in.number(), in.number(), in.longNumber(), in.longNumber(), in.longNumber()),
                in.longNumber());
    }
}
