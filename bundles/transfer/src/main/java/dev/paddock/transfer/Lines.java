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
    Tries newTries() {
        return new Tries(tries, backoff, pause);
    }
}
