package dev.paddock.dialect.ollama;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.store.Blob;
import dev.paddock.api.store.BlobStore;
import dev.paddock.api.store.PartialBlob;
import dev.paddock.api.store.Scratch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Remembers digests and sizes of what was put. */
final class MapBlobs implements BlobStore {
    private final Map<Digest, Blob> blobs = new HashMap<>();

    int size() {
        return blobs.size();
    }

    @Override
    public Optional<Blob> find(Digest digest) {
        return Optional.ofNullable(blobs.get(digest));
    }

    @Override
    public Optional<Blob> keep(Digest digest) {
        return find(digest);
    }

    @Override
    public Blob put(InputStream content) {
        return put(null, content);
    }

    @Override
    public Blob put(Digest expected, InputStream content) {
        try {
            byte[] bytes = content.readAllBytes();
            Digest digest = Digest.of(bytes);
            if (expected != null && !digest.equals(expected)) {
                throw new PaddockException(Fault.INVALID_REQUEST, "digest mismatch");
            }
            Blob blob = new Blob(digest, bytes.length, Path.of(digest.fileName()));
            blobs.put(digest, blob);
            return blob;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Scratch scratch(long bytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PartialBlob partial(Digest digest, long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long begun(Digest digest) {
        return 0;
    }

    @Override
    public void requireRoom(long bytes) {}
}
