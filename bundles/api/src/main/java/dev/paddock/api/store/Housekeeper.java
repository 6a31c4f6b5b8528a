package dev.paddock.api.store;

import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.Progress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** Keeps the store in order: at start by itself, and on demand. Safe for many threads. */
@ProviderType
public interface Housekeeper {
    /** How the steps of the last start went so far, in order. */
    List<Step> steps();

    /**
     * Removes what nobody uses: blobs, temporary files, downloads that are too old to go on, empty directories.
     *
     * @param dryRun tell only
     */
    Pruned prune(boolean dryRun);

    /**
     * Reads all blobs, or all that were changed since they were last read, and compares their digests. Damaged ones are
     * put aside, and models that use them say so. Blocks; interrupting the thread stops it.
     *
     * @param all also those whose time and size are as when they were last read
     */
    Verified verify(boolean all, Consumer<Progress> told);

    /** Blobs that were found damaged and are still missed, with the models that use them. */
    List<Damage> damage();

    /** What takes how much of the disk. */
    Usage usage();

    /**
     * One step.
     *
     * @param name for people
     * @param state how it stands
     * @param outcome what it did, or why it failed, in one line
     * @param millis how long it took so far
     */
    record Step(String name, State state, String outcome, long millis) {
        /** How a step stands. */
        public enum State {
            WAITING,
            RUNNING,
            DONE,
            FAILED
        }
    }

    /**
     * What was, or would be, removed.
     *
     * @param files names below the models directory
     * @param bytes their size
     * @param kept why some things stay although they may be unused, one reason each
     */
    record Pruned(List<String> files, long bytes, List<String> kept) {}

    /**
     * What verifying found.
     *
     * @param blobs read now
     * @param bytes their size
     * @param damage what is wrong, those found earlier included
     */
    record Verified(int blobs, long bytes, List<Damage> damage) {}

    /**
     * A blob that cannot be used.
     *
     * @param reason in words
     * @param models that use it
     */
    record Damage(Digest digest, String reason, List<ModelName> models) {}

    /**
     * What takes how much.
     *
     * @param models each with its figures, largest first
     * @param blobBytes all blobs, each once
     * @param unusedBytes blobs that no model uses
     * @param partialBytes unfinished downloads
     * @param quotaBytes most that blobs may take; 0 = no limit but the disk
     * @param freeBytes what the disk still has
     */
    record Usage(
            List<Share> models, long blobBytes, long unusedBytes, long partialBytes, long quotaBytes, long freeBytes) {}

    /**
     * What one model takes.
     *
     * @param bytes all its blobs
     * @param ownBytes those that no other model uses: what deleting it frees
     * @param usedAt when it was last used; empty when never, as far as is known
     */
    record Share(ModelName name, long bytes, long ownBytes, Optional<Instant> usedAt) {}
}
