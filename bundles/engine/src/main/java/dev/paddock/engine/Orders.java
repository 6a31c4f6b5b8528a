package dev.paddock.engine;

import dev.paddock.api.engine.Chunk;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.RunnerFacts;
import dev.paddock.api.engine.Sampling;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.runner.protocol.EndReason;
import dev.paddock.runner.protocol.Message;
import java.time.Duration;
import java.util.stream.DoubleStream;

/** Between the server's records and the runner's messages; what is out of range does not get through. */
final class Orders {
    /** Tokens of context for an order that names none. */
    private static final int CONTEXT_LIMIT = 8192;

    private static final long MAX_SEED = 0xffff_ffffL;

    private Orders() {}

    static Message.Load load(LoadOrder order, RunnerFiles files) {
        return new Message.Load(
                order.weights().toAbsolutePath().toString(),
                files.directory().toString(),
                files.backends(),
                order.contextLength(),
                CONTEXT_LIMIT,
                order.batch(),
                0,
                order.parallel(),
                order.threads(),
                order.gpuLayers());
    }

    /** @param loadMillis from process start to ready, by our clock: a process knows its own start only roughly */
    static RunnerFacts facts(Message.Ready ready, long pid, long loadMillis) {
        return new RunnerFacts(
                pid,
                ready.backend(),
                ready.engineVersion(),
                ready.contextLength(),
                ready.trainedContext(),
                ready.batch(),
                ready.parallel(),
                ready.threads(),
                ready.vocabulary(),
                ready.bosToken(),
                ready.eosToken(),
                ready.memoryBytes(),
                ready.gpuBytes(),
                loadMillis);
    }

    /**
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} or {@link Fault#CONTEXT_TOO_LONG}
     */
    static Message.Generate generate(long id, GenerationOrder order, RunnerFacts facts) {
        if (order.prompt().length == 0) throw invalid("the prompt is empty; give at least one token");
        if (order.prompt().length >= facts.contextLength()) {
            throw new PaddockException(
                    Fault.CONTEXT_TOO_LONG,
                    "the prompt has " + order.prompt().length + " tokens, the context holds " + facts.contextLength());
        }
        checkTokens(order.prompt(), facts);
        if (order.maxTokens() < -1) throw invalid("maxTokens is " + order.maxTokens() + "; -1 is the least");
        return new Message.Generate(id, order.prompt(), sampling(order.sampling()), order.maxTokens(), order.stop());
    }

    static void checkTokens(int[] tokens, RunnerFacts facts) {
        for (int token : tokens) {
            if (token < 0 || token >= facts.vocabulary()) {
                throw invalid("token " + token + " is outside the vocabulary of " + facts.vocabulary());
            }
        }
    }

    private static Message.Sampling sampling(Sampling s) {
        boolean finite = DoubleStream.of(
                        s.temperature(),
                        s.topP(),
                        s.minP(),
                        s.typicalP(),
                        s.repeatPenalty(),
                        s.presencePenalty(),
                        s.frequencyPenalty())
                .allMatch(Double::isFinite);
        if (!finite || s.temperature() < 0) throw invalid("a sampling number is not finite or temperature is negative");
        if (s.seed() > MAX_SEED) throw invalid("the seed " + s.seed() + " has more than 32 bits");
        return new Message.Sampling(
                s.seed(),
                s.temperature(),
                s.topK(),
                s.topP(),
                s.minP(),
                s.typicalP(),
                s.repeatLastN(),
                s.repeatPenalty(),
                s.presencePenalty(),
                s.frequencyPenalty());
    }

    static Chunk.End end(Message.End end) {
        return new Chunk.End(
                end.reason() == EndReason.STOP ? StopReason.STOP : StopReason.LENGTH,
                end.promptTokens(),
                end.cachedTokens(),
                end.completionTokens(),
                Duration.ofNanos(end.promptNanos()),
                Duration.ofNanos(end.completionNanos()));
    }

    /** A runner's refusal as the fault of the same name. */
    static PaddockException fault(Message.Failed failed, String model) {
        return new PaddockException(Fault.valueOf(failed.code().name()), model + ": " + failed.message());
    }

    private static PaddockException invalid(String message) {
        return new PaddockException(Fault.INVALID_REQUEST, message);
    }
}
