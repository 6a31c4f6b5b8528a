package dev.paddock.dialect.openai.files;

import dev.paddock.dialect.kit.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Small files that are there as a whole or not at all, and that only this user may read: they hold people's prompts. */
public final class SafeFile {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final int MOST_BYTES = 1 << 20;

    private SafeFile() {}

    /** Makes a directory and those above it, unless it is there. */
    public static void makeDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) Files.createDirectories(directory, mode("rwx------"));
    }

    /** Opens a file for writing at its end; a new one is made. */
    public static FileChannel append(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                mode("rw-------"));
    }

    /** Replaces a file by a JSON object. */
    public static void write(Path file, Map<String, Object> json) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try (FileChannel channel = append(next)) {
            channel.truncate(0);
            ByteBuffer bytes = ByteBuffer.wrap(Json.bytes(json));
            while (bytes.hasRemaining()) channel.write(bytes);
            channel.force(true);
        }
        move(next, file);
    }

    /** Renames a file, in place of one that has that name. */
    public static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The JSON object in a file; empty when there is none. */
    public static Optional<Map<String, Object>> read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) return Optional.empty();
        return Json.parseObject(Files.readString(file));
    }

    private static FileAttribute<?>[] mode(String permissions) {
        if (!POSIX) return new FileAttribute<?>[0];
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }
}
