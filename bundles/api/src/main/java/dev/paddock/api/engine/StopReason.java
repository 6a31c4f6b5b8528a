package dev.paddock.api.engine;

/** Why a generation ended. */
public enum StopReason {
    /** The model said so, or a stop text came. */
    STOP,
    /** The token limit or the end of the context was reached. */
    LENGTH
}
