package dev.paddock.modelfile;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.store.Blob;
import dev.paddock.api.store.BlobStore;
import dev.paddock.api.store.Scratch;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Where one model is made: its blobs, and the files that are written on the way and gone at the end. One thread. */
final class Workshop implements AutoCloseable {
    private final BlobStore blobs;
    private final Gate gate;
    private final Deque<Scratch> scratches = new ArrayDeque<>();

    /** @param gate what every file passes */
    Workshop(BlobStore blobs, Gate gate) {
        this.blobs = blobs;
        this.gate = gate;
    }

    /** Writes a file. */
    @FunctionalInterface
    interface Maker {
        void write(Path target) throws IOException;
    }

    BlobStore blobs() {
        return blobs;
    }

    Gate gate() {
        return gate;
    }

    /** An uploaded file. */
    Piece uploaded(String mediaType, String name, Digest digest) {
        Blob blob = blobs.keep(digest).orElseThrow(() -> missing(digest));
        return new Piece(mediaType, name, blob.file(), () -> blobs.keep(digest).orElseThrow(() -> missing(digest)));
    }

    /**
     * A new file.
     *
     * @param bytes how large it will be, about
     */
    Piece made(String mediaType, String source, long bytes, Maker maker) {
        Scratch scratch = blobs.scratch(bytes);
        scratches.push(scratch);
        try {
            maker.write(scratch.file());
        } catch (ClosedByInterruptException e) {
            throw Steps.cancelled(e);
        } catch (IOException e) {
            throw new PaddockException(Fault.STORE_FAILED, "the model's file cannot be written: " + e.getMessage(), e);
        }
        return new Piece(mediaType, source, scratch.file(), scratch::keep);
    }

    static PaddockException missing(Digest digest) {
        return Faults.invalid("blob " + digest + " is not there; upload it first");
    }

    @Override
    public void close() {
        RuntimeException failed = null;
        while (!scratches.isEmpty()) {
            try {
                scratches.pop().close();
            } catch (RuntimeException e) {
                failed = e; // the others go all the same
            }
        }
        if (failed != null) throw failed;
    }
}
