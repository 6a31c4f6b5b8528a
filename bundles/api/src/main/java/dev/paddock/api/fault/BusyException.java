package dev.paddock.api.fault;

import java.time.Duration;

/** The server has too much to do: when to come again, and how long the queue is. */
public final class BusyException extends PaddockException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;
    private final int position;

    /**
     * @param fault {@link Fault#QUEUE_FULL}, another of {@link Fault.Blame#CAPACITY}, or {@link Fault#QUARANTINED}
     * @param retryAfter when it is worth asking again; at least a second is told
     * @param position the place in the queue that the request would have had, 1 = next, 0 = it is no matter of a queue
     */
    public BusyException(Fault fault, String message, Duration retryAfter, int position) {
        super(fault, message);
        this.retryAfter = retryAfter;
        this.position = position;
    }

    /** When it is worth asking again. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** The place in the queue that the request would have had; 1 = next, 0 = it is no matter of a queue. */
    public int position() {
        return position;
    }
}
