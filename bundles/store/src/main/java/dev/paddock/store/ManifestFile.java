package dev.paddock.store;

import dev.paddock.api.model.ModelName;
import dev.paddock.api.store.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A manifest on disk.
 *
 * @param name the model's, as spelled by the directories
 */
record ManifestFile(ModelName name, Path path) {
    /** Whether the file, or a link in its place, still exists. */
    boolean isThere() {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    byte[] content() throws IOException {
        return Blobs.readSmall(path);
    }

    Manifest read() throws IOException {
        return Manifests.parse(content());
    }
}
