package dev.paddock.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where runners keep computed prefixes; they hold what users wrote, so only this user may look. */
final class PrefixDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(PrefixDirectory.class);

    private PrefixDirectory() {}

    /** Makes it, closed to others, also when it was there and open. What fails here costs the cache only. */
    static void prepare(Path directory) {
        try {
            Files.createDirectories(directory);
            if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            }
        } catch (IOException e) {
            LOG.warn("prefixes cannot be kept in {}: {}", directory, e.toString());
        }
    }
}
