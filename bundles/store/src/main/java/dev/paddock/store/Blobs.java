package dev.paddock.store;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.store.Blob;
import dev.paddock.api.store.Scratch;
import dev.paddock.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Content under its digest. A blob is there whole or not at all. Safe for many threads. */
final class Blobs {
    private static final Logger LOG = LoggerFactory.getLogger(Blobs.class);
    private static final int BUFFER_BYTES = 1 << 20;
    private static final String TEMP_PREFIX = "sha256-";
    /** How much is written between two looks at the disk. */
    private static final long CHECK_BYTES = 64L << 20;

    private final StoreLayout layout;
    private final Books books;
    private final Room room;

    Blobs(StoreLayout layout, Books books, Room room) {
        this.layout = layout;
        this.books = books;
        this.room = room;
    }

    Path path(Digest digest) {
        return layout.blob(digest);
    }

    Room room() {
        return room;
    }

    /** {@link dev.paddock.api.store.BlobStore#find}. */
    Optional<Blob> find(Digest digest) {
        return books.damage().reason(digest).isPresent() ? Optional.empty() : there(digest);
    }

    /** The blob as it lies there, damaged or not. */
    Optional<Blob> there(Digest digest) {
        Path file = path(digest);
        try {
            return Files.isRegularFile(file) ? Optional.of(new Blob(digest, Files.size(file), file)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** {@link dev.paddock.api.store.BlobStore#keep}. */
    Optional<Blob> keep(Digest digest) {
        if (there(digest).isEmpty()) return Optional.empty();
        books.promises().make(digest);
        Optional<Blob> blob = find(digest);
        if (blob.isPresent()) touch(digest);
        return blob;
    }

    /** Content of that digest was just written under its name. */
    Blob arrived(Digest digest) throws IOException {
        books.promises().make(digest);
        books.proofs().add(digest, Stamp.of(path(digest)));
        books.damage().healed(digest);
        return new Blob(digest, Files.size(path(digest)), path(digest));
    }

    /** {@link dev.paddock.api.store.BlobStore#put(Digest, InputStream)}. */
    Blob put(Digest expected, InputStream content) {
        return keep(expected).orElseGet(() -> write(content, Optional.of(expected)));
    }

    /** {@link dev.paddock.api.store.BlobStore#put(InputStream)}. */
    Blob put(InputStream content) {
        return write(content, Optional.empty());
    }

    private Blob write(InputStream content, Optional<Digest> expected) {
        try {
            StoreLayout.makeDirectory(layout.blobs());
            try (var temp = new TempFile(layout.blobs(), TEMP_PREFIX)) {
                Digest actual = copy(content, temp);
                if (expected.isPresent() && !actual.equals(expected.get())) {
                    throw StoreFaults.invalid(
                            "digest mismatch, expected \"" + expected.get() + "\", got \"" + actual + "\"");
                }
                Optional<Blob> known = keep(actual);
                if (known.isPresent()) return known.get();
                temp.become(path(actual));
                return arrived(actual);
            }
        } catch (IOException e) {
            room.require(BUFFER_BYTES);
            throw StoreFaults.failed(
                    "cannot store " + expected.map(Digest::toString).orElse("content"), e);
        }
    }

    Scratch scratch() {
        try {
            StoreLayout.makeDirectory(layout.blobs());
            return new ScratchFile(this, new TempFile(layout.blobs(), TEMP_PREFIX));
        } catch (IOException e) {
            throw StoreFaults.failed("cannot make a temporary file", e);
        }
    }

    /** {@link Scratch#keep}. */
    Blob keep(TempFile temp) {
        try {
            Digest digest;
            try (var content = Files.newInputStream(temp.path())) {
                digest = hash(content);
            }
            Optional<Blob> known = keep(digest);
            if (known.isPresent()) return known.get();
            temp.take(path(digest));
            return arrived(digest);
        } catch (IOException e) {
            throw StoreFaults.failed("cannot store content", e);
        }
    }

    /** Reads a small blob, at most {@link Json#MAX_BYTES}. */
    byte[] read(Digest digest) throws IOException {
        return readSmall(path(digest));
    }

    String text(Digest digest) throws IOException {
        return new String(read(digest), StandardCharsets.UTF_8);
    }

    /**
     * Makes a blob new, which spares it from Ollama's pruning too. A file that somebody else has as well stays as it is,
     * and so does one of another user, who alone can do that.
     */
    private void touch(Digest digest) {
        Path blob = path(digest);
        if (isShared(blob)) return;
        try {
            boolean proven = books.proofs().has(digest, Stamp.of(blob));
            Files.setLastModifiedTime(blob, FileTime.from(Instant.now()));
            if (proven) books.proofs().add(digest, Stamp.of(blob));
        } catch (IOException e) {
            LOG.debug("{} keeps its time: {}", digest, StoreFaults.reason(e));
        }
    }

    /** Whether somebody outside the store may have this content too: then removing it here frees nothing. */
    static boolean isShared(Path blob) {
        if (Files.isSymbolicLink(blob)) return true;
        try {
            return Files.getAttribute(blob, "unix:nlink") instanceof Integer links && links > 1;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Reads a file that must not be larger than {@link Json#MAX_BYTES}. */
    static byte[] readSmall(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(Json.MAX_BYTES + 1);
            if (content.length > Json.MAX_BYTES) {
                throw new IOException(file + " is over the limit of " + Json.MAX_BYTES + " bytes");
            }
            return content;
        }
    }

    private Digest copy(InputStream content, TempFile temp) throws IOException {
        MessageDigest hash = Digest.sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        long checkAt = BUFFER_BYTES;
        long written = 0;
        for (int count = next(content, buffer); count >= 0; count = next(content, buffer)) {
            hash.update(buffer, 0, count);
            temp.write(ByteBuffer.wrap(buffer, 0, count));
            written += count;
            if (written < checkAt) continue;
            room.require(BUFFER_BYTES);
            checkAt = written + CHECK_BYTES;
        }
        if (written >= BUFFER_BYTES) room.require(1);
        return Digest.ofHash(hash.digest());
    }

    private static Digest hash(InputStream content) throws IOException {
        MessageDigest hash = Digest.sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) hash.update(buffer, 0, count);
        return Digest.ofHash(hash.digest());
    }

    /** A sender that fails is not the disk's fault. */
    private static int next(InputStream content, byte[] buffer) {
        try {
            return content.read(buffer);
        } catch (IOException e) {
            throw new PaddockException(
                    Fault.CANCELLED, "the content ended before all of it had come: " + StoreFaults.reason(e), e);
        }
    }
}
