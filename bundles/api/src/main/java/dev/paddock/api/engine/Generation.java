package dev.paddock.api.engine;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.util.Iterator;
import java.util.Optional;

/**
 * A running generation: chunks of text, then one {@link Chunk.End}. {@link #next()} blocks; one thread reads. Closing,
 * from any thread, frees its place in the runner at once; a waiting {@code next()} then throws {@link Fault#CANCELLED}.
 */
public interface Generation extends Iterator<Chunk>, AutoCloseable {
    /** False after {@link Chunk.End} was given. */
    @Override
    boolean hasNext();

    /**
     * The next chunk.
     *
     * @throws PaddockException with {@link Fault#RUNNER_DIED} when its runners died too often, {@link Fault#CANCELLED} when
     *     closed
     */
    @Override
    Chunk next();

    /** What it took so far, as the runner said with what it gave last; empty when it has not said anything. */
    default Optional<Tally> soFar() {
        return Optional.empty();
    }

    @Override
    void close();
}
