package dev.paddock.store;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.store.Blob;
import dev.paddock.api.store.PartialBlob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** An unfinished download in Ollama's layout: a sparse file, and a small file for each part of it. */
final class PartialFile implements PartialBlob {
    private final Digest digest;
    private final long size;
    private final Path path;
    private final Blobs blobs;
    private final FileChannel content;
    private final List<PartialPart> parts;
    private final PartialHash hash;
    private final PartialFlush flush;
    private final Runnable released;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** What comes, how many bytes, and where it is gathered. */
    record Place(Digest digest, long size, Path path) {}

    /**
     * @param content locked; closed by this
     * @param blobs is told when it is whole
     * @param released called once when others may have it
     */
    PartialFile(Place place, FileChannel content, Blobs blobs, Runnable released) throws IOException {
        this.digest = place.digest();
        this.size = place.size();
        this.path = place.path();
        this.blobs = blobs;
        this.content = content;
        this.parts = PartialParts.open(path, size, content.size());
        if (content.size() > size) content.truncate(size);
        this.hash = new PartialHash(content, size, digest.hex().substring(0, 12));
        this.flush = new PartialFlush(content, digest.hex().substring(0, 12));
        this.released = released;
        hash.reached(beginning());
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public long present() {
        return parts.stream().mapToLong(p -> p.frontier() - p.offset()).sum();
    }

    @Override
    public List<Span> missing() {
        return parts.stream()
                .map(p -> new Span(p.frontier(), p.end()))
                .filter(s -> s.length() > 0)
                .toList();
    }

    @Override
    public void write(long position, ByteBuffer bytes) throws IOException {
        if (position < 0 || position > size - bytes.remaining()) {
            throw new IOException(bytes.remaining() + " bytes at " + position + " are not within the " + size
                    + " bytes of " + digest);
        }
        if (closed.get()) throw new IOException("the content was closed");
        int limit = bytes.limit();
        int count = bytes.remaining();
        for (long at = position; bytes.hasRemaining(); ) {
            PartialPart part = partAt(at);
            int piece = (int) Math.min(bytes.remaining(), part.end() - at);
            part.append(at, bytes.limit(bytes.position() + piece), content);
            bytes.limit(limit);
            at += piece;
        }
        flush.wrote(count);
        hash.reached(beginning());
    }

    private PartialPart partAt(long position) {
        int low = 0;
        int high = parts.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (parts.get(middle).end() > position) high = middle;
            else low = middle + 1;
        }
        return parts.get(low);
    }

    /** How many bytes from the beginning are there without a gap. */
    private long beginning() {
        for (PartialPart part : parts) if (!part.isWhole()) return part.frontier();
        return size;
    }

    @Override
    public Blob finish() {
        long lacking = size - present();
        if (lacking > 0)
            throw new PaddockException(Fault.STORE_FAILED, lacking + " bytes of " + digest + " are missing");
        try {
            requireDigest(hash.await());
            content.force(true);
            Path target = path.resolveSibling(digest.fileName());
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            TempFile.syncDirectory(target.getParent());
            PartialParts.delete(path);
            return blobs.arrived(digest);
        } catch (InterruptedException | ClosedByInterruptException e) {
            Thread.currentThread().interrupt();
            throw new PaddockException(Fault.CANCELLED, "stopped while the digest of " + digest + " was computed", e);
        } catch (IOException e) {
            throw StoreFaults.failed("cannot store " + digest, e);
        } finally {
            close();
        }
    }

    private void requireDigest(Digest actual) {
        if (actual.equals(digest)) return;
        discard();
        throw StoreFaults.invalid("digest mismatch, file must be downloaded again: want " + digest + ", got " + actual);
    }

    @Override
    public void discard() {
        if (closed.get()) return;
        try {
            PartialParts.delete(path);
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw StoreFaults.failed("cannot remove what has come of " + digest, e);
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) return;
        hash.close();
        flush.close();
        try {
            for (PartialPart part : parts) part.close();
            content.close();
        } catch (IOException e) {
            throw StoreFaults.failed("cannot close " + digest, e);
        } finally {
            released.run();
        }
    }
}
