package dev.paddock.store;

import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelStore.Freed;
import dev.paddock.api.store.Blob;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes the blobs of a model that is gone, as far as no other uses them. Call it with the store's lock held. */
final class Removal {
    private static final Logger LOG = LoggerFactory.getLogger(Removal.class);

    private final Blobs blobs;
    private final ManifestTree tree;

    Removal(Blobs blobs, ManifestTree tree) {
        this.blobs = blobs;
        this.tree = tree;
    }

    /** Failures are logged and leave blobs behind for the next pruning: the model itself is gone already. */
    Freed unused(Collection<Digest> candidates) {
        try {
            References references = References.read(tree);
            if (!references.unreadable().isEmpty()) {
                LOG.warn(
                        "blobs stay, since nobody can say whether {} uses them; repair or delete it",
                        references.unreadable().getFirst());
                return new Freed(0, 0);
            }
            return remove(candidates, references);
        } catch (IOException e) {
            LOG.warn("blobs that may be unused stay: {}", StoreFaults.reason(e));
            return new Freed(0, 0);
        }
    }

    private Freed remove(Collection<Digest> candidates, References references) throws IOException {
        int files = 0;
        long bytes = 0;
        for (Digest digest : candidates) {
            var blob = references.used().contains(digest) ? Optional.<Blob>empty() : blobs.find(digest);
            if (blob.isEmpty() || !Files.deleteIfExists(blob.get().file())) continue;
            files++;
            bytes += blob.get().size();
        }
        return new Freed(files, bytes);
    }
}
