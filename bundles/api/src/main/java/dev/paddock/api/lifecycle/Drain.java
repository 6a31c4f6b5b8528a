package dev.paddock.api.lifecycle;

import dev.paddock.api.fault.BusyException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Lets a server run dry: it is not ready any more and takes no new work, while what it has begun goes on. Safe for many
 * threads.
 */
@ProviderType
public interface Drain {
    /** Whether new work is refused. */
    boolean draining();

    /** Refuses new work from now on, or takes it again; once {@link #finish} was called it stays refused. */
    void drain(boolean on);

    /**
     * Called before work begins.
     *
     * @throws BusyException when it is refused, with the time after which another try is worth it
     */
    void admit();

    /**
     * The server stops: refuses new work for good and waits for the running, as long as the setting {@code drain.timeout}
     * allows, counted from the first call.
     *
     * @return how many requests are still running, to be cut
     */
    int finish() throws InterruptedException;
}
