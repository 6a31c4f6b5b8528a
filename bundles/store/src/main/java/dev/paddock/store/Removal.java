package dev.paddock.store;

import dev.paddock.api.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
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
    void unused(Collection<Digest> candidates) {
        try {
            References references = References.read(tree);
            if (!references.unreadable().isEmpty()) {
                LOG.warn(
                        "blobs stay, since nobody can say whether {} uses them; repair or delete it",
                        references.unreadable().getFirst());
                return;
            }
            for (Digest digest : candidates) {
                if (!references.used().contains(digest)) Files.deleteIfExists(blobs.path(digest));
            }
        } catch (IOException e) {
            LOG.warn("blobs that may be unused stay: {}", StoreFaults.reason(e));
        }
    }
}
