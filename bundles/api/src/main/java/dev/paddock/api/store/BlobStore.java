package dev.paddock.api.store;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import java.io.InputStream;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Content under its digest. A blob is there whole or not at all, whatever kills the process. Safe for many threads and
 * for several servers on one directory. A blob that no manifest names stays for the grace period of pruning, counted from
 * when it was last put or found by {@link #keep}.
 */
@ProviderType
public interface BlobStore {
    /** The blob, when it is there and not known to be damaged. */
    Optional<Blob> find(Digest digest);

    /** {@link #find}, and spares the blob from pruning for another grace period. */
    Optional<Blob> keep(Digest digest);

    /**
     * Stores content whose digest nobody knows yet.
     *
     * @throws PaddockException with {@link Fault#CANCELLED} when the content cannot be read to its end, {@link
     *     Fault#STORE_FAILED} when it cannot be written or there is no room for it
     */
    Blob put(InputStream content);

    /**
     * Stores content under its digest; content that is already there is neither read nor written again.
     *
     * @throws PaddockException as {@link #put(InputStream)}; with {@link Fault#INVALID_REQUEST} when the content has
     *     another digest (nothing is kept)
     */
    Blob put(Digest expected, InputStream content);

    /**
     * An empty file on the same disk for content that somebody else writes.
     *
     * @param bytes room that it will need; checked as {@link #requireRoom} does
     */
    Scratch scratch(long bytes);

    /**
     * Content that comes in pieces, perhaps with long interruptions. What earlier attempts brought is still there, those
     * of Ollama included. Blocks while another thread has it.
     *
     * @param size its bytes, at least 1
     * @throws PaddockException with {@link Fault#UNAVAILABLE} when another process is bringing it, {@link
     *     Fault#STORE_FAILED} when there is no room for what is missing
     */
    PartialBlob partial(Digest digest, long size);

    /** Bytes that earlier attempts brought of content that is not whole yet; 0 when there were none. */
    default long begun(Digest digest) {
        return 0;
    }

    /**
     * Makes sure that so many bytes more fit on the disk and into the quota.
     *
     * @throws PaddockException with {@link Fault#STORE_FAILED} and the numbers
     */
    void requireRoom(long bytes);
}
