package dev.paddock.engine;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Kills a runner that is silent for too long. Safe for many threads. */
final class Watchdog implements AutoCloseable {
    private static final long CHECK_MILLIS = 200;

    private record Limit(String complaint, Duration most) {}

    private final RunnerProcess process;
    private final Future<?> task;
    private volatile long heard = System.nanoTime();
    private volatile Limit limit;

    Watchdog(RunnerProcess process, ScheduledExecutorService clock, String complaint, Duration most) {
        this.process = process;
        this.limit = new Limit(complaint, most);
        this.task = clock.scheduleWithFixedDelay(this::check, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** From now on, so much silence is allowed; the complaint is followed by the time. */
    void allow(String complaint, Duration most) {
        heard = System.nanoTime();
        limit = new Limit(complaint, most);
    }

    /** The runner gave a sign of life. */
    void heard() {
        heard = System.nanoTime();
    }

    private void check() {
        var current = limit;
        if (System.nanoTime() - heard > current.most().toNanos()) {
            process.kill(current.complaint() + " " + current.most().toMillis() / 1000.0 + " s");
        }
    }

    @Override
    public void close() {
        task.cancel(false);
    }
}
