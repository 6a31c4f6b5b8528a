package dev.paddock.api.engine;

import java.util.List;

/**
 * How the next token is chosen. Defaults are Ollama's. Each part has a value that switches it off; samplers that are
 * off are not run.
 *
 * @param seed unsigned 32 bit; negative = random
 * @param temperature how freely it is chosen
 * @param cutoffs which candidates are left out
 * @param penalties against repeated tokens
 * @param dry against repeated sequences
 * @param xtc leaves out the most likely candidates now and then
 * @param mirostat keeps the text at a set perplexity; replaces cutoffs and xtc when on
 * @param bias added to the logits of single tokens
 * @param ignoreEnd the tokens that end an answer are never chosen
 */
public record Sampling(
        long seed,
        Temperature temperature,
        Cutoffs cutoffs,
        Penalties penalties,
        Dry dry,
        Xtc xtc,
        Mirostat mirostat,
        List<Bias> bias,
        boolean ignoreEnd) {
    /** What holds for a request that says nothing. */
    public static final Sampling DEFAULT =
            new Sampling(-1, Temperature.of(0.8f), new Cutoffs(40, 0.9f, 0f, 1f, -1f), new Penalties(64, 1f, 0f, 0f));

    /** Always the most likely token. */
    public static final Sampling GREEDY = new Sampling(0, Temperature.of(0f), Cutoffs.OFF, Penalties.OFF);

    public Sampling {
        bias = List.copyOf(bias);
    }

    /** Without the rarer samplers. */
    public Sampling(long seed, Temperature temperature, Cutoffs cutoffs, Penalties penalties) {
        this(seed, temperature, cutoffs, penalties, Dry.OFF, Xtc.OFF, Mirostat.OFF, List.of(), false);
    }

    /** Whether the same logits always give the same token, whatever the seed. */
    public boolean greedy() {
        return temperature.value() <= 0 && mirostat.version() == 0;
    }

    /**
     * Temperature, by the entropy of the candidates when {@code range} is above 0 (dynamic temperature, llama.cpp).
     *
     * @param value 0 = greedy
     * @param range how far it moves up and down around the value; 0 = off
     * @param exponent how the entropy is mapped to the range
     */
    public record Temperature(float value, float range, float exponent) {
        /** A fixed temperature. */
        public static Temperature of(float value) {
            return new Temperature(value, 0f, 1f);
        }
    }

    /**
     * Candidates that are left out before one is chosen.
     *
     * @param topK keeps so many; 0 or less = off
     * @param topP keeps the likeliest that sum up to this; 1 = off
     * @param minP keeps those at least so likely as this times the likeliest; 0 = off
     * @param typicalP locally typical sampling (arXiv 2202.00666); 1 = off
     * @param topNSigma keeps logits within so many standard deviations of the best (arXiv 2411.07641); below 0 = off
     */
    public record Cutoffs(int topK, float topP, float minP, float typicalP, float topNSigma) {
        /** Nothing is left out. */
        public static final Cutoffs OFF = new Cutoffs(0, 1f, 0f, 1f, -1f);
    }

    /**
     * Penalties on tokens that came before.
     *
     * @param lastN tokens that are looked at; 0 = off, -1 = the whole context
     * @param repeat 1 = off
     * @param presence 0 = off
     * @param frequency 0 = off
     */
    public record Penalties(int lastN, float repeat, float presence, float frequency) {
        /** No penalty. */
        public static final Penalties OFF = new Penalties(0, 1f, 0f, 0f);
    }

    /**
     * DRY: a penalty on going on with a sequence that came before, growing with its length.
     *
     * @param multiplier 0 = off
     * @param base of the growth
     * @param allowedLength tokens that may repeat freely
     * @param lastN tokens that are looked at; 0 = off, -1 = the whole context
     * @param breakers texts that end a sequence
     */
    public record Dry(float multiplier, float base, int allowedLength, int lastN, List<String> breakers) {
        /** No penalty; the rest is llama.cpp's default. */
        public static final Dry OFF = new Dry(0f, 1.75f, 2, -1, List.of("\n", ":", "\"", "*"));

        public Dry {
            breakers = List.copyOf(breakers);
        }
    }

    /**
     * XTC: leaves out all but the least likely of the candidates above a threshold.
     *
     * @param probability how often; 0 = off
     * @param threshold least probability of such a candidate; above 0.5 = off
     */
    public record Xtc(float probability, float threshold) {
        /** Never. */
        public static final Xtc OFF = new Xtc(0f, 0.1f);
    }

    /**
     * Mirostat (arXiv 2007.14966).
     *
     * @param version 1 or 2; 0 = off
     * @param tau target cross-entropy
     * @param eta learning rate
     */
    public record Mirostat(int version, float tau, float eta) {
        /** Not used; the rest is llama.cpp's default. */
        public static final Mirostat OFF = new Mirostat(0, 5f, 0.1f);
    }

    /**
     * Makes one token more or less likely.
     *
     * @param token its id
     * @param value added to its logit; negative infinity forbids it
     */
    public record Bias(int token, float value) {}
}
