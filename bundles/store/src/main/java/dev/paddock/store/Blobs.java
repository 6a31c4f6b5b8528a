package dev.paddock.store;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
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

    /**
     * Stores content and checks its digest on the way.
     *
     * @throws PaddockException as {@link dev.paddock.api.model.ModelStore#putBlob} says; with {@link Fault#CANCELLED}
     *     when the content cannot be read to its end
     */
    void put(Digest expected, InputStream content) {
        if (has(expected)) {
            touch(expected);
            return;
        }
        try {
            StoreLayout.makeDirectory(layout.blobs());
            try (var temp = new TempFile(layout.blobs(), TEMP_PREFIX)) {
                Digest actual = copy(content, temp);
                if (!actual.equals(expected)) {
                    throw StoreFaults.invalid("digest mismatch, expected \"" + expected + "\", got \"" + actual + "\"");
                }
                temp.become(path(expected));
            }
        } catch (IOException e) {
            throw StoreFaults.failed("cannot store " + expected + " in " + layout.blobs(), e);
        }
    }

    /** Stores content whose digest nobody knows yet. */
    Digest put(InputStream content) throws IOException {
        StoreLayout.makeDirectory(layout.blobs());
        try (var temp = new TempFile(layout.blobs(), TEMP_PREFIX)) {
            Digest digest = copy(content, temp);
            if (has(digest)) touch(digest);
            else temp.become(path(digest));
            return digest;
        }
    }

    /**
     * Stores small content; content that is there already becomes new, so that pruning spares it.
     *
     * @return whether it was not there before
     */
    boolean put(Digest digest, byte[] content) throws IOException {
        if (has(digest)) {
            touch(digest);
            return false;
        }
        StoreLayout.makeDirectory(layout.blobs());
        try (var temp = new TempFile(layout.blobs(), TEMP_PREFIX)) {
            temp.write(ByteBuffer.wrap(content));
            temp.become(path(digest));
        }
        return true;
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
