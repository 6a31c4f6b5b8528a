package dev.paddock.keys;

import dev.paddock.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The file of all keys: for its owner's eyes, replaced as a whole.
 *
 * @param path where it is; absent = no keys
 */
record KeysFile(Path path) {
    /** The file's name in the home. */
    static final String NAME = "keys.json";

    private static final int VERSION = 1;
    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** @throws IOException when it cannot be read, or is not what {@link #write} wrote; says what is wrong with it */
    List<Entry> read() throws IOException {
        byte[] bytes;
        try {
            if (Files.size(path) > Json.MAX_BYTES) throw new IOException("larger than " + Json.MAX_BYTES + " bytes");
            bytes = Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        Map<String, Object> json = Json.object(bytes);
        if (Json.number(json, "version") != VERSION || !(json.get("keys") instanceof List<?> list)) {
            throw new IOException("not a file of keys of version " + VERSION);
        }
        List<Entry> entries = new ArrayList<>();
        for (Object element : list) entries.add(entry(element));
        return entries;
    }

    private static Entry entry(Object element) throws IOException {
        try {
            if (element instanceof Map<?, ?> map) return KeyJson.read(map);
        } catch (RuntimeException e) {
            throw new IOException("one of its keys is damaged: " + e.getMessage(), e);
        }
        throw new IOException("one of its keys is no object");
    }

    /** Is on disk when it returns, or not at all. */
    void write(Collection<Entry> entries) throws IOException {
        byte[] bytes = Json.bytes(Map.of(
                "version", VERSION, "keys", entries.stream().map(KeyJson::kept).toList()));
        Path aside = path.resolveSibling("." + NAME + ".new");
        Files.deleteIfExists(aside);
        try (var channel = FileChannel.open(aside, NEW, OWNER_ONLY)) {
            var buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) channel.write(buffer);
            channel.force(true);
        }
        Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (var directory = FileChannel.open(path.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
