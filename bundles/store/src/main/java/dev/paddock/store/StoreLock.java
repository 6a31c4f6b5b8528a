package dev.paddock.store;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes those who change manifests or remove blobs exclude each other: threads by a lock in memory, other servers on the
 * same directory by a lock on a file, which the system gives up when its holder dies. Reading and bringing blobs need
 * neither. Where the file system knows no locks, only the threads of this process are kept apart.
 */
final class StoreLock {
    private static final Logger LOG = LoggerFactory.getLogger(StoreLock.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 20;

    /** By directory: on POSIX a process loses its file lock when another part of it closes that file. */
    private static final Map<Path, ReentrantLock> INSIDE = new ConcurrentHashMap<>();

    private final StoreLayout layout;
    private final Duration patience;
    private final ReentrantLock inside;
    private final AtomicBoolean complained = new AtomicBoolean();
    private FileChannel channel;

    StoreLock(StoreLayout layout) {
        this(layout, PATIENCE);
    }

    /** @param patience how long to wait for others */
    StoreLock(StoreLayout layout, Duration patience) {
        this.layout = layout;
        this.patience = patience;
        this.inside = INSIDE.computeIfAbsent(layout.root().toAbsolutePath().normalize(), _ -> new ReentrantLock());
    }

    /** Closing gives it back. One thread. */
    @FunctionalInterface
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits until nobody else changes the store. A thread that has it may take it again.
     *
     * @throws PaddockException with {@link Fault#UNAVAILABLE} when others do not finish in time, {@link Fault#CANCELLED}
     *     when the thread is interrupted
     */
    Held hold() {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            if (!inside.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) throw busy("another request");
            boolean locked = false;
            try {
                if (inside.getHoldCount() == 1) lockFile(deadline);
                locked = true;
            } finally {
                if (!locked) inside.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PaddockException(Fault.CANCELLED, "stopped while others were changing the models", e);
        }
        return this::release;
    }

    private void release() {
        try {
            if (inside.getHoldCount() == 1 && channel != null) channel.close();
        } catch (IOException e) {
            LOG.warn("the lock of the models directory cannot be closed: {}", StoreFaults.reason(e));
        } finally {
            if (inside.getHoldCount() == 1) channel = null;
            inside.unlock();
        }
    }

    private void lockFile(long deadline) throws InterruptedException {
        FileChannel opened = null;
        try {
            StoreLayout.makeDirectory(layout.own());
            opened = FileChannel.open(
                    layout.lock(), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), StoreLayout.fileMode());
            while (!tryLock(opened)) {
                if (System.nanoTime() - deadline > 0) throw busy("another server");
                Thread.sleep(PAUSE_MILLIS);
            }
            channel = opened;
        } catch (IOException | UnsupportedOperationException e) {
            if (!complained.getAndSet(true)) {
                LOG.warn(
                        "the models directory cannot be locked ({}); do not let two servers change it at once",
                        e.getMessage());
            }
        } finally {
            if (channel == null) close(opened);
        }
    }

    private static boolean tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Another store of this process has the same directory under another name.
            return false;
        }
    }

    private static void close(FileChannel opened) {
        try {
            if (opened != null) opened.close();
        } catch (IOException e) {
            LOG.debug("the lock of the models directory cannot be closed: {}", StoreFaults.reason(e));
        }
    }

    private PaddockException busy(String who) {
        return new PaddockException(
                Fault.UNAVAILABLE,
                who + " is changing the models directory and did not finish within " + patience.toSeconds()
                        + " s; try again");
    }
}
