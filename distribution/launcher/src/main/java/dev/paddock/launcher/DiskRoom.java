package dev.paddock.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether the disk of the home has room for what a start writes: log, caches, lists of bundles. */
final class DiskRoom {
    /** What a first start was seen to write, and a log file besides. */
    static final long LEAST_BYTES = 16L << 20;

    private DiskRoom() {}

    /** @throws LaunchException when it has not, with the numbers */
    static void check(Path home) throws LaunchException, IOException {
        check(home, Files.getFileStore(home).getUsableSpace());
    }

    static void check(Path home, long usable) throws LaunchException {
        if (usable >= LEAST_BYTES) return;
        throw new LaunchException(
                Exit.DISK_FULL,
                "the disk of the home directory " + home + " is full: " + (usable >> 20)
                        + " MiB are free, a start needs " + (LEAST_BYTES >> 20)
                        + "; free some, or choose another home: PADDOCK_HOME=DIRECTORY paddock serve");
    }
}
