package dev.paddock.runner.decode;

/**
 * Tokens guessed ahead, while they are checked one after the other. A guess counts only behind right ones: so what is
 * chosen is what would have been chosen without.
 */
final class Guess {
    /** Nothing was guessed. */
    static final Guess NONE = new Guess(new int[0]);

    private final int[] tokens;
    private int right;

    Guess(int[] tokens) {
        this.tokens = tokens;
    }

    int length() {
        return tokens.length;
    }

    int token(int place) {
        return tokens[place];
    }

    /** How many turned out right so far: the next token is chosen behind them. */
    int right() {
        return right;
    }

    /** A token was chosen: whether it is the next guess, and so is computed already. */
    boolean meets(int token) {
        if (right == tokens.length || tokens[right] != token) return false;
        right++;
        return true;
    }

    /** Whether the context holds guesses that are to be forgotten. */
    boolean overhangs() {
        return right < tokens.length;
    }
}
