package dev.paddock.inference;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;

/** Bounds on requests for vectors and scores. */
final class VectorBounds {
    /** Most inputs of a request; OpenAI's own limit. */
    static final int MOST_INPUTS = 2048;

    /** Most numbers of an answer: all of them are in memory at once, and longer as text. */
    private static final int MOST_NUMBERS = 2 << 20;

    /** More than tokenizers put into a token of any text worth a vector. */
    private static final long CHARACTERS_A_TOKEN = 64;

    private static final int MOST_CHARACTERS = 4 << 20;

    private VectorBounds() {}

    /**
     * Characters of a text that may become tokens for a window of so many. A longer one is not even tokenized: other
     * requests would wait for that, and the runner holds it several times over.
     */
    static int characters(int window) {
        return (int) Math.min(CHARACTERS_A_TOKEN * window, MOST_CHARACTERS);
    }

    /** The beginning of a text, no character cut in two. */
    static String beginning(String text, int characters) {
        int end = Character.isHighSurrogate(text.charAt(characters - 1)) ? characters - 1 : characters;
        return text.substring(0, end);
    }

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
