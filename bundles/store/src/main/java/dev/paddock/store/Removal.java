package dev.paddock.store;

import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelStore.Freed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.OptionalLong;
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

    private Freed remove(Collection<Digest> candidates, References references) {
        int files = 0;
        long bytes = 0;
        for (Digest digest : candidates) {
            if (references.used().contains(digest) || books.promises().stands(digest)) continue;
            OptionalLong freed = remove(digest);
            if (freed.isEmpty()) continue;
            files++;
            bytes += freed.getAsLong();
        }
        return new Freed(files, bytes);
    }

    /** The bytes that this frees; absent when nothing was removed. */
    private OptionalLong remove(Digest digest) {
        Path file = blobs.path(digest);
        try {
            long size = Blobs.isShared(file) ? 0 : Math.max(0, Stamp.of(file).size());
            if (!Files.deleteIfExists(file)) return OptionalLong.empty();
            books.proofs().remove(digest);
            return OptionalLong.of(size);
        } catch (IOException e) {
            LOG.warn("blob {} stays: {}", digest, StoreFaults.reason(e));
            return OptionalLong.empty();
        }
    }
}
