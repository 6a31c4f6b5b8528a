package dev.paddock.scheduler;

import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.scheduler.Lease;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A lease that tells the scheduler once when it is closed. */
final class HeldLease implements Lease {
    private final LoadedModel model;
    private final Duration loadTime;
    private final Consumer<OptionalLong> release;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile OptionalLong used = OptionalLong.empty();

    HeldLease(LoadedModel model, Duration loadTime, Consumer<OptionalLong> release) {
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
    public void used(long tokens) {
        used = OptionalLong.of(Math.max(0, tokens));
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) release.accept(used);
    }
}
