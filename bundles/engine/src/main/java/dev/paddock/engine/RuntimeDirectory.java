package dev.paddock.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A runner's working directory with its socket: only this user may enter, its path is short, closing deletes it. */
final class RuntimeDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RuntimeDirectory.class);
    /** Unix domain sockets hold 108 bytes of path on Linux, 104 on macOS. */
    private static final int MOST_PATH_BYTES = 100;

    private static final Pattern NAME = Pattern.compile("paddock-([0-9]+)-.*");
    private static final Duration YOUNG = Duration.ofMinutes(1);

    private final Path path;

    private RuntimeDirectory(Path path) {
        this.path = path;
    }

    /** Makes one in the directory for temporary files, or in /tmp when that one's path is too long. */
    static RuntimeDirectory create() throws IOException {
        String prefix = "paddock-" + ProcessHandle.current().pid() + "-";
        Path path = Files.createTempDirectory(parent(), prefix, ownerOnly(parent()));
        return new RuntimeDirectory(path);
    }

    private static Path parent() {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        int sample = parent.resolve("paddock-4194304-18446744073709551615")
                .resolve("s")
                .toString()
                .getBytes(StandardCharsets.UTF_8)
                .length;
        return sample <= MOST_PATH_BYTES ? parent : Path.of("/tmp");
    }

    private static FileAttribute<?>[] ownerOnly(Path parent) {
        if (!parent.getFileSystem().supportedFileAttributeViews().contains("posix")) return new FileAttribute<?>[0];
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        };
    }

    Path path() {
        return path;
    }

    Path socket() {
        return path.resolve("s");
    }

    @Override
    public void close() {
        FileTree.delete(path);
    }

    /** Deletes what servers that were killed left behind. */
    static void sweep() {
        try (var entries = Files.newDirectoryStream(parent(), "paddock-*")) {
            for (Path entry : entries) if (isLeftOver(entry)) FileTree.delete(entry);
        } catch (IOException e) {
            LOG.warn("left-over runtime directories could not be listed: {}", e.toString());
        }
    }

    private static boolean isLeftOver(Path entry) throws IOException {
        var name = NAME.matcher(entry.getFileName().toString());
        if (!name.matches() || !Files.isDirectory(entry) || !Files.isWritable(entry)) return false;
        // Another container that shares the directory has process numbers of its own: what is young is left alone.
        var changed = Files.getLastModifiedTime(entry).toInstant();
        if (changed.isAfter(Instant.now().minus(YOUNG))) return false;
        Optional<ProcessHandle> owner = ProcessHandle.of(Long.parseLong(name.group(1)));
        return owner.isEmpty();
    }
}
