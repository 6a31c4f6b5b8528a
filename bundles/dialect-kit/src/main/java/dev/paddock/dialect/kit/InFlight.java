package dev.paddock.dialect.kit;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The requests that a dialect is answering; lets it stop without cutting them. Safe for many threads. */
public final class InFlight {
    /** How long answers that were cut have to write their last line. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private static final String STOPPING = "this part of the server is stopping; try again in a moment";

    private final Set<Ticket> tickets = new HashSet<>();
    private boolean closed;
    private long deadline;

    /**
     * Counts a request in.
     *
     * @throws PaddockException with {@link Fault#UNAVAILABLE} once draining has begun
     */
    public synchronized Ticket enter() {
        if (closed) throw new PaddockException(Fault.UNAVAILABLE, STOPPING);
        Ticket ticket = new Ticket(this);
        tickets.add(ticket);
        return ticket;
    }

    /** How many requests are being answered. */
    public synchronized int count() {
        return tickets.size();
    }

    /**
     * Refuses new requests from now on; the running ones have this long before {@link #drain} cuts them. The first
     * call counts.
     */
    public synchronized void close(Duration patience) {
        if (closed) return;
        closed = true;
        deadline = System.nanoTime() + patience.toNanos();
    }

    /**
     * Refuses new requests and waits for the running ones; those that take longer are cut and end with an error.
     *
     * @param patience how long to wait, counted from {@link #close} if that was before
     * @return how many were cut
     */
    public int drain(Duration patience) {
        close(patience);
        synchronized (this) {
            awaitNone(deadline);
        }
        List<Ticket> late;
        synchronized (this) {
            late = List.copyOf(tickets);
        }
        late.forEach(t -> t.cancel(Fault.UNAVAILABLE, STOPPING));
        synchronized (this) {
            awaitNone(System.nanoTime() + LAST_WORDS.toNanos());
        }
        return late.size();
    }

    synchronized void leave(Ticket ticket) {
        tickets.remove(ticket);
        if (tickets.isEmpty()) notifyAll();
    }

    private void awaitNone(long until) {
        try {
            while (!tickets.isEmpty()) {
                long left = (until - System.nanoTime()) / 1_000_000;
                if (left <= 0) return;
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
