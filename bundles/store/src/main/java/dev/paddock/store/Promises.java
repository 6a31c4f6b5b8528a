package dev.paddock.store;

import dev.paddock.api.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blobs that somebody is about to use in a manifest: an empty file each, which other servers see too. Deleting a model
 * leaves such blobs alone. A promise ends with the manifest, or by itself after the grace period.
 */
final class Promises {
    private static final Logger LOG = LoggerFactory.getLogger(Promises.class);

    private final Path directory;
    private final Duration grace;

    Promises(Path directory, Duration grace) {
        this.directory = directory;
        this.grace = grace;
    }

    void make(Digest digest) {
        Path file = directory.resolve(digest.fileName());
        try {
            StoreLayout.makeDirectory(directory);
            if (Files.exists(file)) Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            else Files.write(file, new byte[0]);
        } catch (IOException e) {
            LOG.debug("nothing spares {} from deletion: {}", digest, StoreFaults.reason(e));
        }
    }

    boolean stands(Digest digest) {
        return stands(directory.resolve(digest.fileName()));
    }

    boolean stands(Path file) {
        try {
            return Files.getLastModifiedTime(file)
                    .toInstant()
                    .isAfter(Instant.now().minus(grace));
        } catch (IOException e) {
            return false;
        }
    }

    /** The manifest that these were for is there. */
    void fulfilled(Collection<Digest> digests) {
        for (Digest digest : digests) {
            try {
                Files.deleteIfExists(directory.resolve(digest.fileName()));
            } catch (IOException e) {
                LOG.debug("{} stays promised: {}", digest, StoreFaults.reason(e));
            }
        }
    }
}
