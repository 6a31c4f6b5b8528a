package dev.paddock.runner.cache;

import dev.paddock.runner.cache.DiskTier.Stored;

/**
 * A state that is read from disk while others go on. Whoever asked looks whether it is {@link #over} and then enters
 * with it, or closes it. Several may have asked for the same: the first that enters restores it, the others share that.
 */
public final class Fetch implements AutoCloseable {
    /** Hears that something was read, or could not be. */
    @FunctionalInterface
    public interface Listener {
        /** On another thread; must return at once. */
        void fetched();
    }

    /** The disk has nothing of use. */
    public static final Fetch NOTHING = new Fetch(null, null, null, 0);

    final Stored stored;
    final Listener listener;
    private final DiskReads reads;
    private final long deadline;
    // All below is guarded by the reads.
    private SavedState state;
    private boolean begun;
    private boolean read;
    private int wanted;

    Fetch(Stored stored, Listener listener, DiskReads reads, long deadline) {
        this.stored = stored;
        this.listener = listener;
        this.reads = reads;
        this.deadline = deadline;
    }

    /** Whether there is nothing to wait for any more: it was read, or could not be, or takes too long. */
    public boolean over() {
        if (reads == null || System.nanoTime() - deadline >= 0) return true;
        synchronized (reads) {
            return read;
        }
    }

    /** Whether a state was read and nobody took it. */
    public boolean found() {
        if (reads == null) return false;
        synchronized (reads) {
            return state != null;
        }
    }

    /** Does not wait any more; null when there is no state, else it is the caller's from now on. */
    SavedState take() {
        return reads == null ? null : reads.take(this);
    }

    /** Does not wait any more. */
    @Override
    public void close() {
        if (reads != null) reads.leave(this);
    }

    boolean begun() {
        return begun;
    }

    void begin() {
        begun = true;
    }

    boolean read() {
        return read;
    }

    /** @param found null when it could not be read, or nobody wants it */
    void read(SavedState found) {
        state = found;
        read = true;
    }

    SavedState takeState() {
        SavedState taken = state;
        state = null;
        return taken;
    }

    /** How many wait for it, after some came or left. */
    int wanted(int more) {
        wanted += more;
        return wanted;
    }
}
