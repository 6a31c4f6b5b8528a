package dev.paddock.runner.sampling;

import dev.paddock.api.engine.Sampling;

/** What samplers may be asked for; each error names the field as requests do. */
final class SamplingCheck {
    private static final int MOST_BIASES = 4096;
    private static final int MOST_BREAKERS = 64;
    private static final int LONGEST_BREAKER = 256;
    private static final float MUCH = 1e6f;
    private static final long MOST_SEED = 0xFFFF_FFFFL;

    private SamplingCheck() {}

    static void check(Sampling s, int vocabulary) {
        if (s.seed() > MOST_SEED) throw Ranges.invalid("seed is " + s.seed() + ", which has more than 32 bits");
        Ranges.check("temperature", s.temperature().value(), 0, MUCH);
        Ranges.check("dynatemp_range", s.temperature().range(), 0, MUCH);
        Ranges.check("dynatemp_exponent", s.temperature().exponent(), 0, 100);
        check(s.cutoffs());
        check(s.penalties());
        check(s.dry());
        Ranges.check("xtc_probability", s.xtc().probability(), 0, 1);
        Ranges.check("xtc_threshold", s.xtc().threshold(), 0, 1);
        Ranges.check("mirostat", s.mirostat().version(), 0, 2);
        Ranges.check("mirostat_tau", s.mirostat().tau(), 0, MUCH);
        Ranges.check("mirostat_eta", s.mirostat().eta(), 0, MUCH);
        Ranges.check("number of logit_bias entries", s.bias().size(), 0, MOST_BIASES);
        for (Sampling.Bias bias : s.bias()) check(bias, vocabulary);
    }

    private static void check(Sampling.Cutoffs cutoffs) {
        Ranges.check("top_p", cutoffs.topP(), 0, 1);
        Ranges.check("min_p", cutoffs.minP(), 0, 1);
        Ranges.check("typical_p", cutoffs.typicalP(), 0, 1);
        Ranges.check("top_n_sigma", cutoffs.topNSigma(), -MUCH, MUCH);
    }

    private static void check(Sampling.Penalties penalties) {
        Ranges.check("repeat_last_n", penalties.lastN(), -1, Integer.MAX_VALUE);
        Ranges.check("repeat_penalty", penalties.repeat(), Float.MIN_NORMAL, MUCH);
        Ranges.check("presence_penalty", penalties.presence(), -MUCH, MUCH);
        Ranges.check("frequency_penalty", penalties.frequency(), -MUCH, MUCH);
    }

    private static void check(Sampling.Dry dry) {
        Ranges.check("dry_multiplier", dry.multiplier(), 0, MUCH);
        Ranges.check("dry_base", dry.base(), 0, MUCH);
        Ranges.check("dry_allowed_length", dry.allowedLength(), 0, Integer.MAX_VALUE);
        Ranges.check("dry_penalty_last_n", dry.lastN(), -1, Integer.MAX_VALUE);
        Ranges.check("number of dry_sequence_breakers", dry.breakers().size(), 0, MOST_BREAKERS);
        for (String breaker : dry.breakers()) {
            Ranges.check("length of a dry_sequence_breaker", breaker.length(), 1, LONGEST_BREAKER);
            if (breaker.indexOf('\0') >= 0) throw Ranges.invalid("a dry_sequence_breaker holds the character 0");
        }
    }

    private static void check(Sampling.Bias bias, int vocabulary) {
        Ranges.token("logit_bias", bias.token(), vocabulary);
        if (bias.value() == Float.NEGATIVE_INFINITY) return;
        Ranges.check("logit_bias of token " + bias.token(), bias.value(), -MUCH, MUCH);
    }
}
