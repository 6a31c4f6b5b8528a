package dev.paddock.runner.cache;

import java.util.ArrayDeque;

/**
 * Gets memory for saved states, and gives it back, on a thread of its own: the system takes several times as long to
 * hand out memory, page by page, as llama.cpp takes to copy a state into it. Any thread.
 */
final class Rooms implements AutoCloseable {
    /** Bytes that are got as fast as asked for. */
    static final long SMALL = 1 << 20;

    private final ArrayDeque<SavedState> unwanted = new ArrayDeque<>();
    private SavedState room;
    /** Bytes asked for; 0 = none. */
    private long asked;
    /** Bytes that there was no memory for. */
    private long failed;

    private boolean closed;
    /** Null until there is something to do. */
    private Thread thread;

    /**
     * Whether a state of that size can be saved without delay. If not, there will be room for it soon, in place of what
     * was asked for before.
     */
    synchronized boolean ready(long size) {
        if (size < SMALL || closed || size == failed) return true;
        if (room != null && room.bytes().byteSize() == size) return true;
        if (asked != size) {
            forgetRoom();
            asked = size;
            work();
        }
        return false;
    }

    /** The room for a state of that size, which is the caller's from now on; null when none is ready. */
    synchronized SavedState take(long size) {
        if (room == null || room.bytes().byteSize() != size) return null;
        SavedState taken = room;
        room = null;
        asked = 0;
        return taken;
    }

    /** Nobody wants what was asked for. */
    synchronized void forget() {
        asked = 0;
        failed = 0;
        forgetRoom();
    }

    private void forgetRoom() {
        if (room != null) free(room);
        room = null;
    }

    /** Gives memory back soon; nobody may use it any more. */
    synchronized void free(SavedState state) {
        if (closed || state.bytes().byteSize() < SMALL) {
            state.close();
            return;
        }
        unwanted.add(state);
        work();
    }

    private void work() {
        if (thread == null) {
            thread = Thread.ofPlatform().name("cache memory").daemon().unstarted(this::serve);
            thread.start();
        }
        notifyAll();
    }

    private void serve() {
        try {
            while (true) {
                SavedState back = next();
                if (back != null) back.close();
                else if (!get()) return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does that, and without it memory is got as it is needed
        }
    }

    /** What is to be given back; null when there is room to get, or all is closed. */
    private synchronized SavedState next() throws InterruptedException {
        while (!closed && unwanted.isEmpty() && (asked == 0 || room != null)) wait();
        return unwanted.poll();
    }

    /** False when closed. */
    private boolean get() {
        long size;
        synchronized (this) {
            if (closed) return false;
            size = asked;
        }
        if (size == 0) return true;
        try {
            offer(size, SavedState.room(size));
        } catch (OutOfMemoryError e) {
            fail(size);
        }
        return true;
    }

    /** Whoever asked has it tried once more, and gives up then. */
    private synchronized void fail(long size) {
        failed = size;
        if (asked == size) asked = 0;
    }

    private synchronized void offer(long size, SavedState got) {
        if (closed || asked != size) {
            unwanted.add(got);
        } else {
            room = got;
        }
    }

    /** Gives everything back. */
    @Override
    public void close() {
        synchronized (this) {
            forgetRoom();
            closed = true;
            notifyAll();
        }
        try {
            if (thread != null) thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (SavedState left = unwanted.poll(); left != null; left = unwanted.poll()) left.close();
    }
}
