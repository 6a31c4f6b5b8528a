package dev.paddock.runner.protocol;

/** Why a request failed. The names are those of the server's own faults, so that they map one to one. */
public enum FailureCode {
    /** A number is out of range; the message names it. */
    INVALID_REQUEST,
    /** The prompt does not fit the context; the message holds both numbers. */
    CONTEXT_TOO_LONG,
    /** Cancelled as asked. */
    CANCELLED,
    /** Too many requests wait. */
    QUEUE_FULL,
    /** The memory is not there. */
    OUT_OF_MEMORY,
    /** No usable backend or library. */
    UNAVAILABLE,
    /** The model could not be loaded; the message holds the engine's own words. */
    LOAD_FAILED,
    /** The model file is damaged. */
    MODEL_DAMAGED,
    /** Something that must not happen did. */
    INTERNAL
}
