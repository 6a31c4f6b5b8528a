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

/**
 * Removes the blobs of a model that is gone, as far as no other uses them and nobody is about to. Of a link the link goes,
 * never what it links to. Call it with the store's lock held.
 */
final class Removal {
    private static final Logger LOG = LoggerFactory.getLogger(Removal.class);

    private final Blobs blobs;
    private final Books books;
    private final ManifestTree tree;

    Removal(Blobs blobs, Books books, ManifestTree tree) {
        this.blobs = blobs;
        this.books = books;
        this.tree = tree;
    }

    /** Failures are logged and leave blobs behind for the next pruning: the model itself is gone already. */
    Freed unused(Collection<Digest> candidates) {
        try {
            References references = References.read(tree);
            if (!references.unreadable().isEmpty()) {
                LOG.warn(
                        "blobs stay, since nobody can say whether {} uses them; repair or delete it",
                        references.unreadable().getFirst().path());
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
            if (references.used().contains(digest) || books.promises().stands(digest)) continue;
            long size = Files.isSymbolicLink(blobs.path(digest))
                    ? 0
                    : Optional.of(digest).flatMap(blobs::there).map(Blob::size).orElse(0L);
            if (!Files.deleteIfExists(blobs.path(digest))) continue;
            books.proofs().remove(digest);
            files++;
            bytes += size;
        }
        return new Freed(files, bytes);
    }
}
