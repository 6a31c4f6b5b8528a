package dev.paddock.store;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.store.PartialBlob;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

/** Unfinished downloads: each belongs to one thread of this process at a time, and by a file lock to one process. */
final class Partials {
    private static final int LOCK_TRIES = 5;

    private final StoreLayout layout;
    private final Blobs blobs;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private final Set<Digest> busy = new HashSet<>();

    /** @param blobs is told what became whole */
    Partials(StoreLayout layout, Blobs blobs) {
        this.layout = layout;
        this.blobs = blobs;
    }

    /**
     * {@link dev.paddock.api.store.BlobStore#partial}.
     *
     * @param room is asked whether so many bytes more fit
     */
    PartialBlob open(Digest digest, long size, LongConsumer room) {
        if (size < 1) throw new IllegalArgumentException("a partial blob has at least one byte, not " + size);
        take(digest);
        PartialFile file = openTaken(digest, size);
        try {
            room.accept(size - file.present());
            return file;
        } catch (RuntimeException e) {
            if (file.present() == 0) file.discard();
            else file.close();
            throw e;
        }
    }

    /** {@link dev.paddock.api.store.BlobStore#begun}. */
    long begun(Digest digest) {
        Path path = layout.blobs().resolve(digest.fileName() + "-partial");
        try {
            return PartialParts.completed(path, Files.size(path));
        } catch (IOException e) {
            return 0;
        }
    }

    private void take(Digest digest) {
        try {
            lock.lockInterruptibly();
            try {
                while (!busy.add(digest)) released.await();
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PaddockException(Fault.CANCELLED, "stopped while another thread brings " + digest, e);
        }
    }

    private void release(Digest digest) {
        lock.lock();
        try {
            busy.remove(digest);
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private PartialFile openTaken(Digest digest, long size) {
        try {
            StoreLayout.makeDirectory(layout.blobs());
            Path path = layout.blobs().resolve(digest.fileName() + "-partial");
            FileChannel content = locked(path, digest);
            try {
                return new PartialFile(
                        new PartialFile.Place(digest, size, path), content, blobs, () -> release(digest));
            } catch (IOException | RuntimeException e) {
                content.close();
                throw e;
            }
        } catch (IOException e) {
            release(digest);
            throw StoreFaults.failed("cannot go on with " + digest, e);
        } catch (RuntimeException e) {
            release(digest);
            throw e;
        }
    }

    /** Opens and locks the file. It may become a blob or vanish in between; then it is made anew. */
    private static FileChannel locked(Path path, Digest digest) throws IOException {
        for (int attempt = 0; attempt < LOCK_TRIES; attempt++) {
            create(path);
            Object before = key(path);
            if (before == null) continue;
            var content = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            if (!lock(content)) {
                content.close();
                throw new PaddockException(
                        Fault.UNAVAILABLE,
                        "another process is bringing " + digest + "; try again when it has finished");
            }
            if (Objects.equals(before, key(path))) return content;
            content.close();
        }
        throw new IOException(path.getFileName() + " changes all the time");
    }

    private static void create(Path path) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE);
        try (var _ = FileChannel.open(path, options, StoreLayout.fileMode())) {
            return;
        } catch (FileAlreadyExistsException e) {
            return;
        }
    }

    /** What distinguishes a file from another that has its name later. */
    private static Object key(Path path) {
        try {
            var facts = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return facts.fileKey() == null ? facts.creationTime() : facts.fileKey();
        } catch (IOException e) {
            return null;
        }
    }

    private static boolean lock(FileChannel content) throws IOException {
        try {
            return content.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
