package dev.paddock.runner.cache;

import dev.paddock.runner.cache.DiskTier.Stored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads states from disk, one after the other, on a thread of its own: a slow disk delays those that wait for it and
 * nobody else. What was read and not taken yet is bounded. Any thread.
 */
final class DiskReads implements AutoCloseable {
    /** Where states come from. */
    interface Source {
        /** Null when it cannot be read. */
        SavedState read(Stored stored);
    }

    /** After this it is better computed. */
    static final Duration LONGEST = Duration.ofSeconds(10);

    /** Bytes read ahead; one state may be larger. */
    private static final long MOST_HELD = 1L << 30;
    /** Milliseconds that a close waits for a disk that may never answer; nobody needs what it reads. */
    private static final long FAREWELL = 1000;

    private final Source source;
    private final CacheSettings.Warnings warnings;
    private final long longest;
    private final List<Fetch> open = new ArrayList<>();
    private final Thread thread =
            Thread.ofPlatform().name("disk cache reads").daemon().unstarted(this::work);
    private Fetch current;
    private long currentSince;
    private long held;
    private boolean closed;

    /** @param longest that anybody waits for a state */
    DiskReads(Source source, CacheSettings.Warnings warnings, Duration longest) {
        this.source = source;
        this.warnings = warnings;
        this.longest = longest.toNanos();
        thread.start();
    }

    /** Asks for a state. While the disk does not answer, nothing is asked of it. */
    synchronized Fetch fetch(Stored stored, Fetch.Listener listener) {
        long now = System.nanoTime();
        if (closed || (current != null && now - currentSince > longest)) return Fetch.NOTHING;
        for (Fetch other : open) {
            if (!other.stored.file().equals(stored.file()) || other.over()) continue;
            other.wanted(1);
            return other;
        }
        Fetch fetch = new Fetch(stored, listener, this, now + longest);
        fetch.wanted(1);
        open.add(fetch);
        notifyAll();
        return fetch;
    }

    /** As {@link Fetch#take}. */
    SavedState take(Fetch fetch) {
        SavedState taken;
        synchronized (this) {
            taken = fetch.takeState();
            if (taken != null) release(fetch);
            if (fetch.wanted(-1) == 0) open.remove(fetch);
            if (fetch.read()) return taken;
        }
        warnings.warn("a state of " + fetch.stored.bytes() + " bytes takes longer than " + longest / 1_000_000_000
                + " s to come from disk; its prompt is computed");
        return taken;
    }

    /** As {@link Fetch#close}. */
    void leave(Fetch fetch) {
        SavedState unused = null;
        synchronized (this) {
            if (fetch.wanted(-1) == 0) {
                open.remove(fetch);
                unused = fetch.takeState();
                if (unused != null) release(fetch);
            }
        }
        if (unused != null) unused.close();
    }

    /** Bytes that were read, or are being read, and not taken yet. */
    synchronized long held() {
        return held;
    }

    private void release(Fetch fetch) {
        held -= fetch.stored.bytes();
        notifyAll();
    }

    private void work() {
        try {
            Fetch next = next();
            while (next != null) {
                finish(next, source.read(next.stored));
                next.listener.fetched();
                next = next();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it is being closed
        }
    }

    /** The first that was not begun, once there is room for it; null when closed. */
    private synchronized Fetch next() throws InterruptedException {
        while (!closed) {
            for (Fetch fetch : open) {
                if (fetch.begun()) continue;
                if (held > 0 && held + fetch.stored.bytes() > MOST_HELD) break;
                fetch.begin();
                held += fetch.stored.bytes();
                current = fetch;
                currentSince = System.nanoTime();
                return fetch;
            }
            wait();
        }
        return null;
    }

    private void finish(Fetch fetch, SavedState state) {
        boolean wanted;
        synchronized (this) {
            current = null;
            wanted = state != null && !closed && fetch.wanted(0) > 0;
            fetch.read(wanted ? state : null);
            if (!wanted) release(fetch);
        }
        if (state != null && !wanted) state.close();
    }

    /** Frees what nobody took. */
    @Override
    public void close() {
        List<Fetch> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(open);
            notifyAll();
        }
        thread.interrupt();
        try {
            thread.join(FAREWELL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Fetch fetch : left) discard(fetch);
    }

    private void discard(Fetch fetch) {
        SavedState unused;
        synchronized (this) {
            unused = fetch.takeState();
            if (unused != null) release(fetch);
        }
        if (unused != null) unused.close();
    }
}
