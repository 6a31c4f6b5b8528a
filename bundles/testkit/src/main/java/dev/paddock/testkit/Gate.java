package dev.paddock.testkit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A closed door in the fake engine: who comes to it waits until the test opens it. Tests hold things up with it instead
 * of sleeping. Safe for many threads.
 */
public final class Gate {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final CountDownLatch reached = new CountDownLatch(1);

    /** Lets everybody through, now and later. */
    public void open() {
        opened.complete(null);
    }

    /**
     * Waits until somebody stands before the gate (or went through it).
     *
     * @throws AssertionError when nobody comes within 20 seconds
     */
    public void awaitArrival() {
        try {
            if (!reached.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) throw new AssertionError("nobody came");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for somebody to come", e);
        }
    }

    /** Says that somebody is here, and gives what completes when the gate opens. */
    CompletableFuture<Void> arrive() {
        reached.countDown();
        return opened;
    }
}
