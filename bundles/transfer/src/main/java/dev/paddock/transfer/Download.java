package dev.paddock.transfer;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.store.Blob;
import dev.paddock.api.store.BlobStore;
import dev.paddock.api.store.Layer;
import dev.paddock.api.store.PartialBlob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Brings one blob. It runs in a thread of its own; many may watch it. */
final class Download {
    private final BlobStore blobs;
    private final Layer layer;
    private final List<BlobSource> sources;
    private final Lines lines;
    private volatile long completed;

    /** @param sources in the order in which they are asked */
    Download(BlobStore blobs, Layer layer, List<BlobSource> sources, Lines lines) {
        this.blobs = blobs;
        this.layer = layer;
        this.sources = sources;
        this.lines = lines;
    }

    Digest digest() {
        return layer.digest();
    }

    long size() {
        return layer.size();
    }

    /** Bytes that are there. */
    long completed() {
        return completed;
    }

    /** Brings it, from the first source that can. */
    void run() throws InterruptedException {
        PaddockException failure = null;
        for (BlobSource source : sources) {
            try {
                bring(source);
                return;
            } catch (PaddockException e) {
                if (failure == null) failure = e;
                else failure.addSuppressed(e);
                if (e.fault() == Fault.STORE_FAILED || e.fault() == Fault.CANCELLED) break;
            }
        }
        throw failure == null ? new IllegalStateException("there is no source") : failure;
    }

    private void bring(BlobSource source) throws InterruptedException {
        if (layer.size() == 0) {
            blobs.put(layer.digest(), new ByteArrayInputStream(new byte[0]));
            return;
        }
        try {
            try {
                fill(filling -> filling.inParts(source));
            } catch (BlobSource.NoRangesException e) {
                fill(filling -> filling.fromBeginning(source));
            }
        } catch (IOException e) {
            throw TransferFaults.of("", e);
        }
    }

    @FunctionalInterface
    private interface Way {
        void go(Filling filling) throws IOException, InterruptedException;
    }

    private void fill(Way way) throws IOException, InterruptedException {
        try (PartialBlob partial = blobs.partial(layer.digest(), layer.size())) {
            if (isThere()) {
                partial.discard();
                return;
            }
            completed = partial.present();
            way.go(new Filling(partial, lines, () -> completed = partial.present()));
            partial.finish();
        }
    }

    /** Somebody else may have brought it while we waited for our turn. */
    private boolean isThere() {
        Optional<Blob> blob = blobs.keep(layer.digest());
        return blob.isPresent() && blob.get().size() == layer.size();
    }
}
