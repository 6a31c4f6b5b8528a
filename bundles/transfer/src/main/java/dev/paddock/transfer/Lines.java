package dev.paddock.transfer;

import dev.paddock.transfer.net.Backoff;
import dev.paddock.transfer.net.Pause;
import dev.paddock.transfer.net.RateLimit;

/**
 * How transfers use the line.
 *
 * @param parts at once
 * @param tries of each
 * @param rate of all together
 * @param backoff between tries
 * @param pause how waiting is done
 */
record Lines(int parts, int tries, RateLimit rate, Backoff backoff, Pause pause) {
    private static final int FREE_STALLS = 20;
    /** A registry that cannot be reached shall not be waited for as long as a broken download. */
    private static final int FIRST_TRIES = 3;

    Tries newTries() {
        return new Tries(tries, 0, backoff, pause);
    }

    /** For parts of a blob. */
    Tries forPart() {
        return new Tries(tries, FREE_STALLS, backoff, pause);
    }

    /** For the first request of all. */
    Tries forFirst() {
        return new Tries(Math.min(tries, FIRST_TRIES), 0, backoff, pause);
    }
}
