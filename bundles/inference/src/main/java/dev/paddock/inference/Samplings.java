package dev.paddock.inference;

import dev.paddock.api.engine.Sampling;
import dev.paddock.api.model.Option;
import dev.paddock.api.model.Options;
import java.util.ArrayList;
import java.util.List;

/** How tokens are chosen, out of options; what they do not say is as in {@link Sampling#DEFAULT}. */
final class Samplings {
    private static final Sampling STANDARD = Sampling.DEFAULT;

    private Samplings() {}

    static Sampling of(Options options) {
        return new Sampling(
                options.values().get(Option.SEED) instanceof Long given ? given : STANDARD.seed(),
                temperature(options),
                cutoffs(options),
                penalties(options),
                dry(options),
                new Sampling.Xtc(
                        number(options, Option.XTC_PROBABILITY, STANDARD.xtc().probability()),
                        number(options, Option.XTC_THRESHOLD, STANDARD.xtc().threshold())),
                mirostat(options),
                bias(options),
                options.flag(Option.IGNORE_EOS));
    }

    private static Sampling.Temperature temperature(Options options) {
        var standard = STANDARD.temperature();
        return new Sampling.Temperature(
                number(options, Option.TEMPERATURE, standard.value()),
                number(options, Option.DYNATEMP_RANGE, standard.range()),
                number(options, Option.DYNATEMP_EXPONENT, standard.exponent()));
    }

    private static Sampling.Cutoffs cutoffs(Options options) {
        var standard = STANDARD.cutoffs();
        return new Sampling.Cutoffs(
                options.integer(Option.TOP_K, standard.topK()),
                number(options, Option.TOP_P, standard.topP()),
                number(options, Option.MIN_P, standard.minP()),
                number(options, Option.TYPICAL_P, standard.typicalP()),
                number(options, Option.TOP_N_SIGMA, standard.topNSigma()));
    }

    private static Sampling.Penalties penalties(Options options) {
        var standard = STANDARD.penalties();
        return new Sampling.Penalties(
                options.integer(Option.REPEAT_LAST_N, standard.lastN()),
                number(options, Option.REPEAT_PENALTY, standard.repeat()),
                number(options, Option.PRESENCE_PENALTY, standard.presence()),
                number(options, Option.FREQUENCY_PENALTY, standard.frequency()));
    }

    private static Sampling.Dry dry(Options options) {
        var standard = STANDARD.dry();
        return new Sampling.Dry(
                number(options, Option.DRY_MULTIPLIER, standard.multiplier()),
                number(options, Option.DRY_BASE, standard.base()),
                options.integer(Option.DRY_ALLOWED_LENGTH, standard.allowedLength()),
                options.integer(Option.DRY_PENALTY_LAST_N, standard.lastN()),
                options.texts(Option.DRY_SEQUENCE_BREAKERS, standard.breakers()));
    }

    private static Sampling.Mirostat mirostat(Options options) {
        var standard = STANDARD.mirostat();
        return new Sampling.Mirostat(
                options.integer(Option.MIROSTAT, standard.version()),
                number(options, Option.MIROSTAT_TAU, standard.tau()),
                number(options, Option.MIROSTAT_ETA, standard.eta()));
    }

    private static List<Sampling.Bias> bias(Options options) {
        List<Sampling.Bias> biases = new ArrayList<>();
        options.biases().forEach((token, value) -> biases.add(new Sampling.Bias(token, value.floatValue())));
        return biases;
    }

    private static float number(Options options, Option option, float absent) {
        return (float) options.number(option, absent);
    }
}
