package dev.paddock.prompt.format;

/** How far the value of an argument has been read. */
enum ValueState {
    /** It goes on. */
    OPEN,
    ENDED,
    /** The answer ended in it. */
    CUT
}
