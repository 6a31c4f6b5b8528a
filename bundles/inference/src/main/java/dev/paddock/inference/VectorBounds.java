package dev.paddock.inference;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;

/** Bounds on requests for vectors and scores. */
final class VectorBounds {
    /** Most inputs of a request; OpenAI's own limit. */
    static final int MOST_INPUTS = 2048;

    /** Most numbers of an answer: all of them are in memory at once, and longer as text. */
    private static final int MOST_NUMBERS = 4 << 20;

    private VectorBounds() {}

    /** @throws PaddockException with {@link Fault#INVALID_REQUEST} or {@link Fault#TOO_LARGE} */
    static void checkCount(String what, int count) {
        if (count == 0) throw new PaddockException(Fault.INVALID_REQUEST, what + ": at least one is needed");
        if (count > MOST_INPUTS) {
            throw new PaddockException(
                    Fault.TOO_LARGE, what + ": there are " + count + ", at most " + MOST_INPUTS + " are allowed");
        }
    }

    /** @throws PaddockException with {@link Fault#TOO_LARGE} */
    static void checkAnswer(int count, int numbers) {
        if ((long) count * numbers > MOST_NUMBERS) {
            throw new PaddockException(
                    Fault.TOO_LARGE,
                    "input: " + count + " vectors of " + numbers
                            + " numbers are more than one answer holds; send at most " + MOST_NUMBERS / numbers
                            + " inputs at a time");
        }
    }
}
