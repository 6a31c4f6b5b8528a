package dev.paddock.prompt.adapt;

/** Where a template writes what the system says. */
public enum SystemPlace {
    /** Wherever it is said. */
    ANYWHERE,
    /** Only what is said first: later it refuses it, or drops it. */
    FIRST,
    /** Nowhere: it refuses it, or drops it. */
    NOWHERE
}
