package dev.paddock.api.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The options that a request or a model may set, by Ollama's names in lower case. */
public enum Option {
    /** Context window in tokens. Changing it reloads the model. */
    NUM_CTX(Type.INTEGER),
    /** Most tokens in one decode call. Changing it reloads the model. */
    NUM_BATCH(Type.INTEGER),
    /** Layers on the GPU; -1 = as many as fit. Changing it reloads the model. */
    NUM_GPU(Type.INTEGER),
    /** Threads; 0 = by the machine. Changing it reloads the model. */
    NUM_THREAD(Type.INTEGER),
    /** Most tokens to generate; -1 and -2 = until the context is full. */
    NUM_PREDICT(Type.INTEGER, -2, Integer.MAX_VALUE),
    /** Tokens kept from the start when the context is shifted; -1 = all of the prompt. */
    NUM_KEEP(Type.INTEGER, -1, Integer.MAX_VALUE),
    /** Seed of at most 32 bits; -1 = random. */
    SEED(Type.INTEGER, Integer.MIN_VALUE, 0xFFFF_FFFFL),
    // How a token is chosen: the fields of Sampling say what each value means.
    TEMPERATURE(Type.NUMBER, 0, Option.MUCH),
    DYNATEMP_RANGE(Type.NUMBER, 0, Option.MUCH),
    DYNATEMP_EXPONENT(Type.NUMBER, 0, Option.MUCH),
    TOP_K(Type.INTEGER, -1, Integer.MAX_VALUE),
    TOP_P(Type.NUMBER, 0, 1),
    MIN_P(Type.NUMBER, 0, 1),
    TYPICAL_P(Type.NUMBER, 0, 1),
    TOP_N_SIGMA(Type.NUMBER, -1, Option.MUCH),
    XTC_PROBABILITY(Type.NUMBER, 0, 1),
    XTC_THRESHOLD(Type.NUMBER, 0, 1),
    REPEAT_LAST_N(Type.INTEGER, -1, Integer.MAX_VALUE),
    REPEAT_PENALTY(Type.NUMBER, 1e-6, Option.MUCH),
    PRESENCE_PENALTY(Type.NUMBER, -Option.MUCH, Option.MUCH),
    FREQUENCY_PENALTY(Type.NUMBER, -Option.MUCH, Option.MUCH),
    DRY_MULTIPLIER(Type.NUMBER, 0, Option.MUCH),
    DRY_BASE(Type.NUMBER, 1, Option.MUCH),
    DRY_ALLOWED_LENGTH(Type.INTEGER, 0, Integer.MAX_VALUE),
    DRY_PENALTY_LAST_N(Type.INTEGER, -1, Integer.MAX_VALUE),
    DRY_SEQUENCE_BREAKERS(Type.STRINGS),
    MIROSTAT(Type.INTEGER, 0, 2),
    MIROSTAT_TAU(Type.NUMBER, 0, Option.MUCH),
    MIROSTAT_ETA(Type.NUMBER, 0, Option.MUCH),
    /** Added to the logits of single tokens. */
    LOGIT_BIAS(Type.BIASES),
    /** Whether the tokens that end an answer are never chosen. */
    IGNORE_EOS(Type.BOOLEAN),
    /** Texts that end the answer. */
    STOP(Type.STRINGS);

    private static final double MUCH = 1e6;

    /** A request may name a million options of its own invention. */
    private static final Map<String, Option> BY_KEY =
            Arrays.stream(values()).collect(Collectors.toMap(Option::key, Function.identity()));

    /** What kind of value an option takes. */
    public enum Type {
        INTEGER("integer"),
        NUMBER("float32"),
        BOOLEAN("boolean"),
        STRINGS("array"),
        /** Token ids and what is added to the logit of each. */
        BIASES("object");

        private final String display;

        Type(String display) {
            this.display = display;
        }

        /** The word Ollama's error messages use. */
        public String display() {
            return display;
        }
    }

    private final Type type;
    private final double least;
    private final double most;

    Option(Type type) {
        this(type, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    Option(Type type, double least, double most) {
        this.type = type;
        this.least = least;
        this.most = most;
    }

    /** The least value that makes sense; for numbers. */
    public double least() {
        return least;
    }

    /** The greatest value that makes sense; for numbers. */
    public double most() {
        return most;
    }

    /** The kind of value it takes. */
    public Type type() {
        return type;
    }

    /** Its name in JSON and in Modelfiles: {@code num_ctx}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The option of that name in JSON. */
    public static Optional<Option> of(String key) {
        return Optional.ofNullable(BY_KEY.get(key));
    }
}
