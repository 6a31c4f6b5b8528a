package dev.paddock.inference;

import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.scheduler.Lease;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;

/** A lease that tells at its end, once, what it took. */
final class ChargedLease implements Lease {
    private final Lease lease;
    private final LongConsumer charge;
    private final AtomicBoolean charged = new AtomicBoolean();
    private volatile long used;

    ChargedLease(Lease lease, LongConsumer charge) {
        this.lease = lease;
        this.charge = charge;
    }

    @Override
    public LoadedModel model() {
        return lease.model();
    }

    @Override
    public Duration loadTime() {
        return lease.loadTime();
    }

    @Override
    public void used(long tokens) {
        used = tokens;
        lease.used(tokens);
    }

    @Override
    public void close() {
        if (used > 0 && charged.compareAndSet(false, true)) charge.accept(used);
        lease.close();
    }
}
