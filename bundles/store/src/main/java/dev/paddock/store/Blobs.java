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

    private final StoreLayout layout;

    Blobs(StoreLayout layout) {
        this.layout = layout;
    }

    Path path(Digest digest) {
        return layout.blob(digest);
    }

    boolean has(Digest digest) {
        return Files.isRegularFile(path(digest));
    }

    Optional<Blob> find(Digest digest) {
        Path file = path(digest);
        try {
            return Files.isRegularFile(file) ? Optional.of(new Blob(digest, Files.size(file), file)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** {@link dev.paddock.api.store.BlobStore#put(Digest, InputStream)}. */
    Blob put(Digest expected, InputStream content) {
        Optional<Blob> known = find(expected);
        if (known.isPresent()) {
            touch(expected);
            return known.get();
        }
        return write(content, Optional.of(expected));
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
                if (has(actual)) touch(actual);
                else temp.become(path(actual));
                return new Blob(actual, Files.size(path(actual)), path(actual));
            }
        } catch (IOException e) {
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
            if (has(digest)) touch(digest);
            else temp.take(path(digest));
            return new Blob(digest, Files.size(path(digest)), path(digest));
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

    /** Makes a blob new. It may belong to another user, who alone can do that; then it stays as it is. */
    void touch(Digest digest) {
        try {
            Files.setLastModifiedTime(path(digest), FileTime.from(Instant.now()));
        } catch (IOException e) {
            LOG.debug("{} keeps its time: {}", digest, StoreFaults.reason(e));
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

    private static Digest copy(InputStream content, TempFile temp) throws IOException {
        MessageDigest hash = Digest.sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int count = next(content, buffer); count >= 0; count = next(content, buffer)) {
            hash.update(buffer, 0, count);
            temp.write(ByteBuffer.wrap(buffer, 0, count));
        }
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
