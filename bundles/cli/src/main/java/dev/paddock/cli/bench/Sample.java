package dev.paddock.cli.bench;

import java.util.List;

/**
 * What was seen of one request. Times are of {@link System#nanoTime}.
 *
 * @param ending how it ended
 * @param message what went wrong; empty when nothing did
 * @param start when it was sent
 * @param arrivals when each piece of text came, in order
 * @param promptTokens as the server counts; 0 when it does not say
 * @param completionTokens the same; 0 when it does not say
 */
record Sample(
        Ending ending, String message, long start, List<Long> arrivals, long promptTokens, long completionTokens) {
    Sample {
        arrivals = List.copyOf(arrivals);
    }

    /** Whether it ended well and has text: only then are its times worth anything. */
    boolean good() {
        return ending == Ending.DONE && !arrivals.isEmpty();
    }

    /** When the first piece came; it must be a good one. */
    long first() {
        return arrivals.getFirst();
    }

    /** When the last piece came; it must be a good one. */
    long last() {
        return arrivals.getLast();
    }

    /** As the server counts, or else one for each piece. */
    long tokens() {
        return completionTokens > 0 ? completionTokens : arrivals.size();
    }

    /** Milliseconds from sending to the first piece; it must be a good one. */
    double firstMillis() {
        return (first() - start) / 1e6;
    }
}
