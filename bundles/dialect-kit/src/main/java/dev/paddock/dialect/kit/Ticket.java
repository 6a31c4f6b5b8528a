package dev.paddock.dialect.kit;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.EventStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One request in flight, answered by one thread or several. Cancelling, from any thread, interrupts all that wait for a
 * stream, and closes the streams that are there.
 */
public final class Ticket implements AutoCloseable {
    private final InFlight inFlight;
    private PaddockException cause;
    /** More than one when a request wants several answers. */
    private final List<EventStream> streams = new ArrayList<>();

    private final Set<Thread> waiting = new HashSet<>();

    Ticket(InFlight inFlight) {
        this.inFlight = inFlight;
    }

    /**
     * Runs a call that blocks until an answer begins or a model is loaded; while it runs, cancelling interrupts it.
     *
     * @throws PaddockException the cause of the cancellation, when there was one
     */
    public <T> T await(Supplier<T> call) {
        begin();
        try {
            return call.get();
        } finally {
            end();
        }
    }

    /** {@link #await} for an answer: from here on, cancelling closes it. The caller closes it too. */
    public EventStream open(Supplier<EventStream> call) {
        EventStream opened = await(call);
        synchronized (this) {
            streams.add(opened);
            if (cause != null) opened.close();
        }
        return opened;
    }

    /** Stops the answer; the first cause counts. */
    public synchronized void cancel(Fault fault, String message) {
        if (cause != null) return;
        cause = new PaddockException(fault, message);
        streams.forEach(EventStream::close);
        waiting.forEach(Thread::interrupt);
    }

    /** Why the answer was stopped; empty when it was not. */
    public synchronized Optional<PaddockException> cause() {
        return Optional.ofNullable(cause);
    }

    @Override
    public void close() {
        inFlight.leave(this);
    }

    private synchronized void begin() {
        if (cause != null) throw cause;
        waiting.add(Thread.currentThread());
    }

    private synchronized void end() {
        waiting.remove(Thread.currentThread());
        if (cause != null) Thread.interrupted(); // ours: it must not reach the next blocking call of this thread
    }
}
