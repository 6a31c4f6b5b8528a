package dev.paddock.api.store;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A blob that is coming in pieces. Pieces may be written by many threads at once. */
public interface PartialBlob extends AutoCloseable {
    /**
     * Bytes of the content that belong together.
     *
     * @param from the first
     * @param to behind the last
     */
    record Span(long from, long to) {
        /** How many they are. */
        public long length() {
            return to - from;
        }
    }

    /** Bytes of the whole. */
    long size();

    /** Bytes that are there. */
    long present();

    /**
     * What is not there yet, in order. The content has parts of its own, of at most some hundred megabytes; neighbouring
     * spans are of different parts, and each can be filled by another thread.
     */
    List<Span> missing();

    /**
     * Writes bytes. A position is the beginning of a span that is missing, or follows what was written there. They count
     * as present when this returns, also for the next process; the digest is computed alongside as far as the beginning of
     * the content is there without gaps.
     *
     * @throws IOException when they cannot be written, do not lie within the size, or do not follow what is there
     */
    void write(long position, ByteBuffer bytes) throws IOException;

    /**
     * Checks the digest and makes it a blob.
     *
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} when the content has another digest: then all of it is
     *     thrown away; with {@link Fault#STORE_FAILED} when something is missing or cannot be written
     */
    Blob finish();

    /** Throws away what has come. */
    void discard();

    /** Keeps what has come for another attempt; closing twice is harmless. */
    @Override
    void close();
}
