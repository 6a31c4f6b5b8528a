package dev.paddock.engine;

import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.RunnerFacts;
import dev.paddock.api.engine.Sampling;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.runner.protocol.Message;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.DoubleStream;

/** Between the server's records and the runner's messages; what is out of range does not get through. */
final class Orders {
    /** Tokens of context for an order that names none. */
    private static final int CONTEXT_LIMIT = 8192;

    private static final long MAX_SEED = 0xffff_ffffL;

    private Orders() {}

    /** @param prefixes where computed prefixes may be kept */
    static Message.Load load(LoadOrder order, RunnerFiles files, Message.Tuning tuning, Path prefixes) {
        return new Message.Load(
                order.weights().toAbsolutePath().toString(),
                order.digest(),
                files.libraries(),
                order.placement().devices(),
                sizes(order),
                draft(order),
                prefixes.toAbsolutePath().toString(),
                tuning);
    }

    static Message.Sizes sizes(LoadOrder order) {
        return new Message.Sizes(
                order.contextLength(),
                CONTEXT_LIMIT,
                order.batch(),
                0,
                order.parallel(),
                order.threads(),
                order.placement().gpuLayers());
    }

    /** The draft model's file; empty without one. */
    static String draft(LoadOrder order) {
        return order.draft()
                .weights()
                .map(draft -> draft.toAbsolutePath().toString())
                .orElse("");
    }

    /**
     * An order that may be sent, with a seed of its own if it named none: who goes on with it needs the same.
     *
     * @throws PaddockException with {@link Fault#INVALID_REQUEST}, {@link Fault#CONTEXT_TOO_LONG} or
     *     {@link Fault#UNSUPPORTED}
     */
    static GenerationOrder checked(GenerationOrder order, RunnerFacts facts) {
        if (!facts.abilities().generate()) {
            throw new PaddockException(Fault.UNSUPPORTED, "this model gives vectors, no text; use another to generate");
        }
        if (order.prompt().length == 0) throw invalid("the prompt is empty; give at least one token");
        if (order.prompt().length >= facts.contextLength()) {
            throw new PaddockException(
                    Fault.CONTEXT_TOO_LONG,
                    "the prompt has " + order.prompt().length + " tokens, the context holds " + facts.contextLength());
        }
        checkTokens(order.prompt(), facts);
        int most = order.ending().maxTokens();
        if (most < -1) throw invalid("maxTokens is " + most + "; -1 is the least");
        if (order.logprobs() < -1 || order.logprobs() > GenerationOrder.MOST_LOGPROBS) {
            throw invalid("logprobs is " + order.logprobs() + "; allowed are -1 to " + GenerationOrder.MOST_LOGPROBS);
        }
        checkShown(order.shown());
        checkSampling(order.sampling());
        return order.sampling().seed() < 0 ? seeded(order) : order;
    }

    private static GenerationOrder seeded(GenerationOrder order) {
        var s = order.sampling();
        var sampling = new Sampling(
                ThreadLocalRandom.current().nextLong(MAX_SEED),
                s.temperature(),
                s.cutoffs(),
                s.penalties(),
                s.dry(),
                s.xtc(),
                s.mirostat(),
                s.bias(),
                s.ignoreEnd());
        return order.with(sampling);
    }

    private static void checkShown(List<String> shown) {
        if (shown.size() > GenerationOrder.MOST_SHOWN) {
            throw invalid(shown.size() + " control tokens are to be shown; allowed are " + GenerationOrder.MOST_SHOWN);
        }
        for (String text : shown) {
            if (text.isEmpty() || text.length() > GenerationOrder.LONGEST_SHOWN) {
                throw invalid("the text of a control token to be shown has " + text.length()
                        + " characters; allowed are 1 to " + GenerationOrder.LONGEST_SHOWN);
            }
        }
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
                        s.temperature().range(),
                        s.temperature().exponent(),
                        s.cutoffs().topP(),
                        s.cutoffs().minP(),
                        s.cutoffs().typicalP(),
                        s.penalties().repeat(),
                        s.penalties().presence(),
                        s.penalties().frequency(),
                        s.cutoffs().topNSigma(),
                        s.dry().multiplier(),
                        s.dry().base(),
                        s.xtc().probability(),
                        s.xtc().threshold(),
                        s.mirostat().tau(),
                        s.mirostat().eta())
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
