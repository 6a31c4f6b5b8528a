package dev.paddock.api.security;

import java.util.Arrays;
import java.util.Optional;

/** What a key may be good for. */
public enum Scope {
    /** Let models answer: chats, completions, vectors, and what belongs to them. */
    INFER("infer"),
    /** See which models there are, and what runs. */
    MODELS_READ("models.read"),
    /** Bring, make, change and remove models. */
    MODELS_WRITE("models.write"),
    /** Everything: keys, settings, backends, whole archives. It stands for the others too. */
    ADMIN("admin");

    private final String text;

    Scope(String text) {
        this.text = text;
    }

    /** As users write it. */
    public String text() {
        return text;
    }

    /** The scope of a text; empty when there is none of that name. */
    public static Optional<Scope> of(String text) {
        return Arrays.stream(values()).filter(scope -> scope.text.equals(text)).findFirst();
    }
}
