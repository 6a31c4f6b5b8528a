package dev.paddock.transfer.net;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many bytes a second may come and go, over all transfers together. May be changed at any time; who waits right then
 * waits for a quarter of a second more at most. Safe for many threads.
 */
public final class RateLimit {
    /** Nobody may save up more than this for a burst. */
    private static final long BURST_NANOS = 100_000_000;

    private static final long SLICE_NANOS = 250_000_000;

    private final LongSupplier nanos;
    private final Pause pause;
    private long bytesPerSecond;
    private volatile boolean limited;
    /** When what was given out so far has been paid for. */
    private long paid;

    /** @param nanos a clock that never goes back */
    public RateLimit(LongSupplier nanos, Pause pause) {
        this.nanos = nanos;
        this.pause = pause;
    }

    /** @param bytesPerSecond 0 = no limit */
    public synchronized void set(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
        this.limited = bytesPerSecond > 0;
        this.paid = nanos.getAsLong();
    }

    /** Whether there is a limit. */
    public boolean limited() {
        return limited;
    }

    /** Waits until so many bytes more are allowed. */
    public void take(int bytes) throws InterruptedException {
        if (!limited) return;
        long due = book(bytes);
        for (long wait = remaining(due); wait > 0; wait = remaining(due)) {
            pause.sleep(Duration.ofNanos(Math.min(wait, SLICE_NANOS)));
        }
    }

    private synchronized long book(int bytes) {
        if (bytesPerSecond == 0) return nanos.getAsLong();
        long start = Math.max(paid, nanos.getAsLong() - BURST_NANOS);
        paid = start + (long) (bytes * 1e9 / bytesPerSecond);
        return paid;
    }

    /** A changed limit sets the account to now, which frees those who wait. */
    private synchronized long remaining(long due) {
        return Math.min(due, paid) - nanos.getAsLong();
    }
}
