package dev.paddock.dialect.kit;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.EventStream;
import java.util.Optional;
import java.util.function.Supplier;

/** Something that is answered without a client who waits for it. */
public final class Errand implements Opener, AutoCloseable {
    private final String id;
    private final Ticket ticket;

    /**
     * Begins it.
     *
     * @param inFlight counts it until it is closed
     * @throws PaddockException with {@link Fault#UNAVAILABLE} once that drains
     */
    public Errand(String id, InFlight inFlight) {
        this.id = id;
        this.ticket = inFlight.enter();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Answer open(Supplier<EventStream> call) {
        return new Answer(ticket, ticket.open(call), () -> {});
    }

    @Override
    public <T> T await(Supplier<T> call) {
        return ticket.await(call);
    }

    /** Stops it, from any thread; the first cause counts. */
    public void stop(Fault fault, String why) {
        ticket.cancel(fault, why);
    }

    /** Why it was stopped; empty when it was not. */
    public Optional<PaddockException> cause() {
        return ticket.cause();
    }

    @Override
    public void close() {
        ticket.close();
    }
}
