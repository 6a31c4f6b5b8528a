package dev.paddock.itest.conformance;

import java.util.Locale;

/** What an API is expected to do: a column of {@code docs/conformance.md}. */
public enum Trait {
    PLAIN,
    STREAM,
    SYSTEM,
    TURNS,
    TOOLS,
    SCHEMA,
    THINKING,
    LOGPROBS,
    STOP,
    USAGE,
    EMBEDDINGS,
    ERROR,
    ABORT;

    /** The head of its column. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
