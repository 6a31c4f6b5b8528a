package dev.paddock.dialect.openai.batches;

import dev.paddock.api.fault.Fault;
import dev.paddock.dialect.kit.Errand;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Stops a batch in its middle, from any thread; the first reason counts. */
final class Halt {
    /** Why it is stopped. */
    enum Reason {
        /** The client wants no more of it. */
        CANCELLED,
        /** The server stops; the batch goes on when it is there again. */
        STOPPED,
        /** Results cannot be written. */
        FAILED
    }

    private final AtomicReference<Reason> reason = new AtomicReference<>();
    private final CountDownLatch halted = new CountDownLatch(1);
    private final Set<Errand> errands = ConcurrentHashMap.newKeySet();

    /** Stops it. */
    void now(Reason why) {
        if (reason.compareAndSet(null, why)) halted.countDown();
        errands.forEach(Halt::stop);
    }

    private static void stop(Errand errand) {
        errand.stop(Fault.CANCELLED, "the batch is stopped");
    }

    /** Why it was stopped; empty when it was not. */
    Optional<Reason> reason() {
        return Optional.ofNullable(reason.get());
    }

    /** A request begins that is to be stopped, too. */
    void begun(Errand errand) {
        errands.add(errand);
        if (reason.get() != null) stop(errand);
    }

    /** A request has ended. */
    void ended(Errand errand) {
        errands.remove(errand);
    }

    /** Waits, or less when it is stopped. */
    void pause(Duration time) {
        try {
            halted.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
