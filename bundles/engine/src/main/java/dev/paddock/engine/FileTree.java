package dev.paddock.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deleting directories that are the engine's own. */
final class FileTree {
    private static final Logger LOG = LoggerFactory.getLogger(FileTree.class);

    private FileTree() {}

    /** Deletes a directory with all in it, if it is there. Links are not followed; what cannot be deleted is logged. */
    static void delete(Path directory) {
        if (!Files.exists(directory)) return;
        try (var entries = Files.walk(directory)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(entry);
        } catch (IOException e) {
            LOG.warn("{} could not be deleted: {}", directory, e.toString());
        }
    }
}
