package dev.paddock.runner.decode;

/**
 * What is dropped when a context is full: the beginning stays, half of the rest goes.
 *
 * @param keep tokens at the beginning that stay
 * @param contextLength tokens of a full context
 */
record Shift(int keep, int contextLength) {
    /** Fewer dropped at a time would shift at almost every token. */
    static final int LEAST_ROOM = 8;

    /** Tokens dropped at a time, from {@link #keep} on. */
    int step() {
        return Math.max(1, (contextLength - keep) / 2);
    }

    /** Tokens to drop before another can be computed, in one or more steps; 0 = it is not full. */
    int dropped(int length) {
        if (length < contextLength) return 0;
        int steps = (length - contextLength) / step() + 1;
        return steps * step();
    }
}
