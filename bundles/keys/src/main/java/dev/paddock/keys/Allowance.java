package dev.paddock.keys;

import dev.paddock.api.fault.BusyException;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.security.Limits;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** What one key may still ask for. */
final class Allowance {
    /** An answer will have ended by then, or not. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Limits limits;
    private final LongSupplier nanos;
    private final Bucket requests;
    private final Bucket tokens;
    private int running;

    Allowance(Limits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
        this.requests = new Bucket(limits.requestsPerMinute(), nanos.getAsLong());
        this.tokens = new Bucket(limits.tokensPerMinute(), nanos.getAsLong());
    }

    /** @throws BusyException with {@link Fault#RATE_LIMITED} */
    synchronized void begin() {
        long now = nanos.getAsLong();
        if (limits.parallel() > 0 && running >= limits.parallel()) {
            throw over("has " + running + " requests running, as many as it may", SOON);
        }
        if (limits.tokensPerMinute() > 0) {
            // One token is enough to begin with: what the answer takes is known when it has ended.
            require(tokens.until(1, now), limits.tokensPerMinute() + " tokens");
        }
        if (limits.requestsPerMinute() > 0) {
            require(requests.until(1, now), limits.requestsPerMinute() + " requests");
            requests.take(1, now);
        }
        running++;
    }

    synchronized void end() {
        running--;
    }

    synchronized void spent(long amount) {
        if (limits.tokensPerMinute() > 0) tokens.take(amount, nanos.getAsLong());
    }

    private static void require(Duration wait, String what) {
        if (!wait.isZero()) throw over("has used its " + what + " a minute", wait);
    }

    private static BusyException over(String what, Duration wait) {
        long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(wait.toNanos() + 999_999_999));
        return new BusyException(
                Fault.RATE_LIMITED, "this API key " + what + "; try again in " + seconds + " s", wait, 0);
    }
}
