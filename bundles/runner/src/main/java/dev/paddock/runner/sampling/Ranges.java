package dev.paddock.runner.sampling;

import dev.paddock.api.fault.Fault;
import dev.paddock.runner.llama.LlamaException;

/** What values may be. */
final class Ranges {
    private Ranges() {}

    /** Refuses what is outside, NaN too. */
    static void check(String field, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw invalid(field + " is " + text(value) + ", allowed are " + text(low) + " to " + text(high));
        }
    }

    /** Refuses a number that is no token. */
    static void token(String field, int token, int vocabulary) {
        if (token < 0 || token >= vocabulary) {
            throw invalid(field + ": token " + token + " is not in the vocabulary (0 to " + (vocabulary - 1) + ")");
        }
    }

    private static String text(double value) {
        return value == (long) value ? Long.toString((long) value) : Double.toString(value);
    }

    static LlamaException invalid(String message) {
        return new LlamaException(Fault.INVALID_REQUEST, message);
    }
}
