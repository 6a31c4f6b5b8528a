package dev.paddock.transfer.net;

import java.time.Duration;

/** Waiting, which tests do not want to do. */
@FunctionalInterface
public interface Pause {
    /** Really waits. */
    Pause REAL = Thread::sleep;

    /** Waits so long; returns early only by the exception. */
    void sleep(Duration time) throws InterruptedException;
}
