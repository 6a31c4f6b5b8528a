package dev.paddock.scheduler;

import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.scheduler.Lease;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** A lease that tells the scheduler once when it is closed. */
final class HeldLease implements Lease {
    private final LoadedModel model;
    private final Duration loadTime;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();

    HeldLease(LoadedModel model, Duration loadTime, Runnable release) {
        this.model = model;
        this.loadTime = loadTime;
        this.release = release;
    }

    @Override
    public LoadedModel model() {
        return model;
    }

    @Override
    public Duration loadTime() {
        return loadTime;
    }

    @Override
    public void used(long tokens) {}

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) release.run();
    }
}
