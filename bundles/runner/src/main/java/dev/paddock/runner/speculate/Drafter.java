package dev.paddock.runner.speculate;

/** Guesses what follows in one sequence, so that several tokens can be checked at once. One thread. */
public interface Drafter extends AutoCloseable {
    /**
     * Guesses what follows.
     *
     * @param tokens the sequence so far, in its first {@code length} places
     * @param most most tokens to guess
     * @return the guess; empty when there is none or it would not pay
     */
    int[] draft(int[] tokens, int length, int most);

    /** How the last guess fared: of so many tokens, so many were right. */
    void judged(int guessed, int right);

    @Override
    void close();
}
