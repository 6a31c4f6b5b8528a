package dev.paddock.runner.decode;

import dev.paddock.api.engine.Tally;
import java.time.Duration;

/** What a sequence took so far. */
final class Spent {
    private long started = System.nanoTime();
    private long firstToken;
    private long lastToken;
    private int cached;
    private int shifted;
    private int drafted;
    private int accepted;

    /** It has a seat; what was before does not count. */
    void begin() {
        started = System.nanoTime();
    }

    /** A token was chosen. */
    void token() {
        lastToken = System.nanoTime();
        if (firstToken == 0) firstToken = lastToken;
    }

    /** So many tokens of the prompt did not need to be computed. */
    void cached(int tokens) {
        cached = tokens;
    }

    void shifted(int tokens) {
        shifted += tokens;
    }

    void guessed(int tokens, int right) {
        drafted += tokens;
        accepted += right;
    }

    /** The account so far. */
    Tally tally(int promptTokens, int completionTokens) {
        long first = firstToken == 0 ? System.nanoTime() : firstToken;
        return new Tally(
                promptTokens,
                Math.min(cached, promptTokens),
                completionTokens,
                shifted,
                drafted,
                accepted,
                0,
                Duration.ofNanos(first - started),
                Duration.ofNanos(firstToken == 0 ? 0 : lastToken - firstToken));
    }
}
