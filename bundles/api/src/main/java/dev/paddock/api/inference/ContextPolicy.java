package dev.paddock.api.inference;

/** What happens to a conversation that does not fit the context. Nothing of it happens in silence. */
public enum ContextPolicy {
    /** The request is refused with the numbers, and an answer that fills the context ends there. */
    ERROR,
    /** The oldest messages are left out, system messages last; an answer that fills the context ends there. */
    TRUNCATE,
    /** As TRUNCATE, and an answer that fills the context goes on: the oldest tokens are dropped. */
    SHIFT
}
