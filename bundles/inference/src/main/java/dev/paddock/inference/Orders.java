package dev.paddock.inference;

import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.RunnerFacts;
import dev.paddock.api.engine.Sampling;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Option;
import dev.paddock.api.model.Options;
import java.util.OptionalInt;

/** Makes a generation order out of options and a prompt, within the context window. */
final class Orders {
    private Orders() {}

    /**
     * The order for a prompt.
     *
     * @throws PaddockException with {@link Fault#CONTEXT_TOO_LONG} when the prompt leaves no room for an answer: it is
     *     never cut in silence
     */
    static GenerationOrder of(String model, RunnerFacts facts, Options options, int[] prompt) {
        int asked = options.integer(Option.NUM_CTX, 0);
        int window = asked > 0 ? Math.min(asked, facts.contextLength()) : facts.contextLength();
        int room = window - prompt.length;
        if (room < 1) throw tooLong(model, Integer.toString(prompt.length), window, facts);
        int limit = options.integer(Option.NUM_PREDICT, -1);
        int most = limit < 0 ? room : Math.min(limit, room);
        return new GenerationOrder(prompt, sampling(options), new Ending(most, options.stop(), OptionalInt.empty()));
    }

    /** The failure of a prompt that does not fit; both numbers are in it. */
    static PaddockException tooLong(String model, String tokens, int window, RunnerFacts facts) {
        return new PaddockException(
                Fault.CONTEXT_TOO_LONG,
                "the prompt has " + tokens + " tokens, but the context of " + model + " holds " + window
                        + " and the answer needs room too; shorten the prompt or raise num_ctx (the model was"
                        + " trained for " + facts.trainedContext() + ")");
    }

    private static Sampling sampling(Options options) {
        Sampling standard = Sampling.DEFAULT;
        long seed = options.values().get(Option.SEED) instanceof Long given ? given : standard.seed();
        var cutoffs = standard.cutoffs();
        var penalties = standard.penalties();
        return new Sampling(
                seed,
                Sampling.Temperature.of(number(
                        options, Option.TEMPERATURE, standard.temperature().value())),
                new Sampling.Cutoffs(
                        options.integer(Option.TOP_K, cutoffs.topK()),
                        number(options, Option.TOP_P, cutoffs.topP()),
                        number(options, Option.MIN_P, cutoffs.minP()),
                        number(options, Option.TYPICAL_P, cutoffs.typicalP()),
                        cutoffs.topNSigma()),
                new Sampling.Penalties(
                        options.integer(Option.REPEAT_LAST_N, penalties.lastN()),
                        number(options, Option.REPEAT_PENALTY, penalties.repeat()),
                        number(options, Option.PRESENCE_PENALTY, penalties.presence()),
                        number(options, Option.FREQUENCY_PENALTY, penalties.frequency())));
    }

    private static float number(Options options, Option option, float absent) {
        return (float) options.number(option, absent);
    }
}
