package dev.paddock.runner.protocol;

/** Why a generation ended well. */
public enum EndReason {
    /** The model's end token, or a stop text. */
    STOP,
    /** The token limit, or the context is full. */
    LENGTH
}
