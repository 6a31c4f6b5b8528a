package dev.paddock.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waiting for an end that an interrupt does not make come sooner. */
final class Waiting {
    private Waiting() {}

    /** Waits until it is complete; an interrupt is kept for later. False when it took longer. */
    static boolean until(CompletableFuture<?> end, Duration most) {
        boolean interrupted = false;
        long until = System.nanoTime() + most.toNanos();
        try {
            while (true) {
                try {
                    end.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                    return true;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException e) {
                    return false;
                } catch (ExecutionException e) {
                    throw new IllegalStateException("the end of a runner cannot fail", e);
                }
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }
}
