package dev.paddock.store;

import dev.paddock.api.model.Digest;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Computes the digest of content while it comes: a thread follows the beginning that is there without gaps and reads it,
 * mostly from the system's cache. A platform thread, because it computes without a pause.
 */
final class PartialHash implements AutoCloseable {
    private static final long WINDOW_BYTES = 16 << 20;
    /** Less than this is not worth to wake the thread and to map it. */
    private static final long STEP_BYTES = 4 << 20;

    private final FileChannel content;
    private final long size;
    private final MessageDigest hash = Digest.sha256();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private long there;
    private long done;
    private IOException failure;
    private boolean closed;

    PartialHash(FileChannel content, long size, String name) {
        this.content = content;
        this.size = size;
        this.thread = Thread.ofPlatform().daemon().name("digest-" + name).start(this::run);
    }

    /** So many bytes from the beginning are there. */
    void reached(long bytes) {
        lock.lock();
        try {
            if (bytes <= there) return;
            there = bytes;
            if (worthwhile()) changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean worthwhile() {
        return there - done >= STEP_BYTES || there == size;
    }

    /** Waits until all of it is read. */
    Digest await() throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (done < size && failure == null && !closed) changed.await();
            if (failure != null) throw failure;
            if (closed) throw new IOException("the content was closed");
            return Digest.ofHash(hash.digest());
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            for (long end = next(); end > done; end = next()) {
                long count = Math.min(WINDOW_BYTES, end - done);
                read(count);
                advance(count);
            }
        } catch (IOException | InternalError e) {
            // The latter is how Java says that a mapped file became shorter.
            fail(e instanceof IOException io ? io : new IOException("the file became shorter", e));
        }
    }

    /** Mapped, because that spares a copy of all of it. */
    private void read(long count) throws IOException {
        try (var arena = Arena.ofConfined()) {
            hash.update(content.map(FileChannel.MapMode.READ_ONLY, done, count, arena)
                    .asByteBuffer());
        }
    }

    /** How far to read now; where it stands already when there is nothing more to do. */
    private long next() {
        lock.lock();
        try {
            while (!closed && done < size && !worthwhile()) changed.awaitUninterruptibly();
            return closed ? done : there;
        } finally {
            lock.unlock();
        }
    }

    private void advance(long count) {
        lock.lock();
        try {
            done += count;
            if (done == size) changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void fail(IOException e) {
        lock.lock();
        try {
            failure = e;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when the file is no longer read. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
