package dev.paddock.api.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

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
    /** Most tokens to generate; -1 = until the context is full. */
    NUM_PREDICT(Type.INTEGER),
    /** Tokens kept from the start when the context is shifted. */
    NUM_KEEP(Type.INTEGER),
    /** Seed; -1 = random. */
    SEED(Type.INTEGER),
    // How a token is chosen: the fields of Sampling say what each value means.
    TEMPERATURE(Type.NUMBER),
    TOP_K(Type.INTEGER),
    TOP_P(Type.NUMBER),
    MIN_P(Type.NUMBER),
    TYPICAL_P(Type.NUMBER),
    REPEAT_LAST_N(Type.INTEGER),
    REPEAT_PENALTY(Type.NUMBER),
    PRESENCE_PENALTY(Type.NUMBER),
    FREQUENCY_PENALTY(Type.NUMBER),
    /** Texts that end the answer. */
    STOP(Type.STRINGS);

    /** What kind of value an option takes. */
    public enum Type {
        INTEGER("integer"),
        NUMBER("float32"),
        STRINGS("array");

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

    Option(Type type) {
        this.type = type;
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
        return Arrays.stream(values()).filter(o -> o.key().equals(key)).findFirst();
    }
}
