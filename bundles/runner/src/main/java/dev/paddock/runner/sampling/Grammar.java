package dev.paddock.runner.sampling;

/**
 * A grammar that was read and found sound.
 *
 * @param code the symbols of all alternatives, {@link #END} after each
 * @param starts where each alternative begins in the code
 * @param first the first alternative of each rule, and one number more
 * @param sets the sets of characters
 * @param root the rule that the text is of
 */
record Grammar(int[] code, int[] starts, int[] first, CharacterSet[] sets, int root) {
    /** Ends an alternative. */
    static final int END = -1;

    static boolean isRule(int symbol) {
        return (symbol & 1) == 0;
    }

    /** Number of the rule or set. */
    static int number(int symbol) {
        return symbol >> 1;
    }
}
