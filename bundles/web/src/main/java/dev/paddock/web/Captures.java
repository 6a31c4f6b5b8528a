package dev.paddock.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of requests that were kept for debugging. Old ones go, and the oldest when they are too many; it is the
 * owner's alone, as prompts stand in it. Safe for many threads.
 *
 * @param directory made when the first is kept
 * @param keep how long each is kept
 * @param most bytes of all of them
 */
record Captures(Path directory, Duration keep, long most) {
    private static final Logger LOG = LoggerFactory.getLogger(Captures.class);

    /** Writes one; a disk that is full costs the capture, not the request. */
    synchronized void add(String name, byte[] json) {
        Path part = directory.resolve("." + name + ".part");
        try {
            if (!Files.isDirectory(directory))
                Files.createDirectories(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(part, json);
            Files.move(part, directory.resolve(name + ".json"), StandardCopyOption.ATOMIC_MOVE);
            forget(Instant.now());
        } catch (IOException e) {
            LOG.warn("a request could not be captured: {}", e.toString());
            discard(part);
        }
    }

    private static void discard(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            LOG.debug("{} is left behind", part, e);
        }
    }

    private void forget(Instant now) throws IOException {
        List<Path> newestFirst = new ArrayList<>();
        try (var files = Files.newDirectoryStream(directory, "*.json")) {
            files.forEach(newestFirst::add);
        }
        newestFirst.sort(Comparator.comparing(Captures::changed).reversed());
        long size = 0;
        for (Path file : newestFirst) {
            size += Files.size(file);
            boolean old = changed(file).toInstant().isBefore(now.minus(keep));
            if (old || size > most) Files.deleteIfExists(file);
        }
    }

    private static FileTime changed(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }
}
