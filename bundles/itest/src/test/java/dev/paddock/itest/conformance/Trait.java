package dev.paddock.itest.conformance;

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
    ABORT
}
