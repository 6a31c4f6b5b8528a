package dev.paddock.engine;

import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.RunnerFacts;
import dev.paddock.api.engine.Sampling;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.runner.protocol.Message;
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
                order.digest(),
                files.directory().toString(),
                files.backends(),
                new Message.Sizes(
                        order.contextLength(),
                        CONTEXT_LIMIT,
                        order.batch(),
                        0,
                        order.parallel(),
                        order.threads(),
                        order.gpuLayers()),
                order.draft().map(draft -> draft.toAbsolutePath().toString()).orElse(""),
                "",
                Message.Tuning.PLAIN);
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
        int most = order.ending().maxTokens();
        if (most < -1) throw invalid("maxTokens is " + most + "; -1 is the least");
        checkSampling(order.sampling());
        return new Message.Generate(id, order, 0);
    }

    static void checkTokens(int[] tokens, RunnerFacts facts) {
        for (int token : tokens) {
            if (token < 0 || token >= facts.vocabulary()) {
                throw invalid("token " + token + " is outside the vocabulary of " + facts.vocabulary());
            }
        }
    }

    private static void checkSampling(Sampling s) {
        boolean finite = DoubleStream.of(
                        s.temperature().value(),
                        s.cutoffs().topP(),
                        s.cutoffs().minP(),
                        s.cutoffs().typicalP(),
                        s.penalties().repeat(),
                        s.penalties().presence(),
                        s.penalties().frequency())
                .allMatch(Double::isFinite);
        if (!finite || s.temperature().value() < 0) {
            throw invalid("a sampling number is not finite or temperature is negative");
        }
        if (s.seed() > MAX_SEED) throw invalid("the seed " + s.seed() + " has more than 32 bits");
    }

    /** A runner's refusal as the fault of the same name. */
    static PaddockException fault(Message.Failed failed, String model) {
        return new PaddockException(failed.code(), model + ": " + failed.message());
    }

    private static PaddockException invalid(String message) {
        return new PaddockException(Fault.INVALID_REQUEST, message);
    }
}
