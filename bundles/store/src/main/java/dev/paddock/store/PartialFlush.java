package dev.paddock.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Brings what was written to the disk while more comes, so that nobody has to wait for all of it at the end, and a loss of
 * power costs the least.
 */
final class PartialFlush implements AutoCloseable {
    private static final long STEP_BYTES = 64L << 20;

    private final FileChannel content;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private long waiting;
    private boolean closed;

    PartialFlush(FileChannel content, String name) {
        this.content = content;
        this.thread = Thread.ofPlatform().daemon().name("flush-" + name).start(this::run);
    }

    /** So many bytes more were written. */
    void wrote(long bytes) {
        lock.lock();
        try {
            waiting += bytes;
            if (waiting >= STEP_BYTES) changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (next()) content.force(false);
        } catch (IOException e) {
            // What cannot be forced now is forced at the end, which says what is wrong.
            return;
        }
    }

    private boolean next() {
        lock.lock();
        try {
            while (!closed && waiting < STEP_BYTES) changed.awaitUninterruptibly();
            waiting = 0;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Does not wait for what is being forced: closing the file does. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
