package dev.paddock.transfer.net;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Looks at one exchange and cuts it off when it stands still or trickles: fewer than a kilobyte a second over the patience.
 * It covers everything that can hang: connecting, headers, bodies in both directions.
 */
final class Watch implements AutoCloseable {
    private static final long LEAST_BYTES_PER_SECOND = 1024;

    private final Duration patience;
    private final long least;
    private final Runnable cut;
    private final ScheduledFuture<?> ticks;
    private long now;
    private long before;
    private boolean warm;
    private boolean excused;
    private boolean cutOff;

    /** @param cut ends the exchange from another thread */
    Watch(ScheduledExecutorService clock, Duration patience, Runnable cut) {
        this.patience = patience;
        this.least = Math.max(1, patience.toMillis() * LEAST_BYTES_PER_SECOND / 1000);
        this.cut = cut;
        long half = Math.max(1, patience.toMillis() / 2);
        this.ticks = clock.scheduleAtFixedRate(this::tick, half, half, TimeUnit.MILLISECONDS);
    }

    /** So many bytes moved. */
    synchronized void moved(long bytes) {
        now += bytes;
    }

    /** We kept the other side waiting: what passed so far does not count. */
    synchronized void excuse() {
        excused = true;
    }

    /** Whether this ended the exchange. */
    synchronized boolean cutOff() {
        return cutOff;
    }

    Duration patience() {
        return patience;
    }

    /** Half of the patience is over. */
    void tick() {
        synchronized (this) {
            boolean slow = warm && !excused && before + now < least;
            warm = true;
            if (excused) warm = false;
            excused = false;
            before = now;
            now = 0;
            if (!slow || cutOff) return;
            cutOff = true;
        }
        cut.run();
    }

    @Override
    public void close() {
        ticks.cancel(false);
    }
}
