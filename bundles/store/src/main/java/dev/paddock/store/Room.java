package dev.paddock.store;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** How much more may be stored: what the disk has beyond the reserve, and what the quota leaves. */
final class Room {
    private final StoreLayout layout;
    private final Supplier<StoreSettings.Limits> current;

    Room(StoreLayout layout, Supplier<StoreSettings.Limits> current) {
        this.layout = layout;
        this.current = current;
    }

    long quota() {
        return current.get().quota();
    }

    /**
     * Makes sure that so many bytes more may be stored.
     *
     * @throws PaddockException with {@link Fault#STORE_FAILED} and the numbers
     */
    void require(long bytes) {
        var limits = current.get();
        try {
            long free = free();
            long usable = Math.max(0, free - limits.reserve());
            if (bytes > usable) throw full(bytes, free, limits);
            if (limits.quota() > 0) requireQuota(bytes, limits);
        } catch (IOException e) {
            throw StoreFaults.failed("cannot tell how much room there is for models", e);
        }
    }

    private PaddockException full(long bytes, long free, StoreSettings.Limits limits) {
        String kept = limits.reserve() > 0 ? ", of which " + Bytes.text(limits.reserve()) + " stay reserved" : "";
        return new PaddockException(
                Fault.STORE_FAILED,
                "there is not enough room on the disk: " + Bytes.text(bytes) + " more are needed, " + Bytes.text(free)
                        + " are free" + kept + "; remove models that you do not need");
    }

    private void requireQuota(long bytes, StoreSettings.Limits limits) throws IOException {
        long used = used();
        if (bytes <= limits.quota() - used) return;
        throw new PaddockException(
                Fault.STORE_FAILED,
                "the models may take " + Bytes.text(limits.quota()) + " (quota): " + Bytes.text(used)
                        + " are taken and " + Bytes.text(bytes) + " more are needed; remove models or raise the quota");
    }

    /** What the disk has for us; a directory that is not there yet will be on the disk of the one above it. */
    long free() throws IOException {
        Path there = layout.blobs();
        while (!Files.exists(there) && there.getParent() != null) there = there.getParent();
        return Math.max(0, Files.getFileStore(there).getUsableSpace());
    }

    /** What the blobs take, unfinished ones included. */
    long used() throws IOException {
        long bytes = 0;
        for (BlobFile file : BlobFile.list(layout)) bytes += taken(file);
        return bytes;
    }

    /** The file of an unfinished download has its full size from the beginning; its notes tell how much is there. */
    static long taken(BlobFile file) {
        if (file.kind() != BlobFile.Kind.PARTIAL) return file.size();
        if (file.isPartialContent() || file.link()) return 0;
        try {
            return Json.number(Json.object(Blobs.readSmall(file.path())), "Completed");
        } catch (IOException e) {
            return 0;
        }
    }
}
