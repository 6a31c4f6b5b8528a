package dev.paddock.cli.bench;

import dev.paddock.cli.server.Failure;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What Ctrl-C ends. Safe for many threads. */
final class Cancellation {
    /** Ends the time in which something can be cancelled. */
    interface Span extends AutoCloseable {
        @Override
        void close();
    }

    private final Set<Runnable> actions = ConcurrentHashMap.newKeySet();
    private volatile boolean cancelled;

    /** Until it is closed, a cancellation runs this; at once when it was cancelled before. It may run twice. */
    Span during(Runnable action) {
        actions.add(action);
        if (cancelled) action.run();
        return () -> actions.remove(action);
    }

    /** Ends what is under way; what follows is refused by {@link #check}. */
    void cancel() {
        cancelled = true;
        actions.forEach(Runnable::run);
    }

    /** @throws Failure when it was cancelled */
    void check() {
        if (cancelled) throw new Failure(Failure.INTERRUPTED, "interrupted");
    }
}
