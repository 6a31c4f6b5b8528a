package dev.paddock.transfer.auth;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the key of this machine lies: our own, else that of an Ollama of the same user, else a new one of ours.
 *
 * @param own file of ours
 * @param ollama file of Ollama's
 */
public record KeyPlaces(Path own, Path ollama) {
    private static final Logger LOG = LoggerFactory.getLogger(KeyPlaces.class);
    private static final int MAX_BYTES = 16 << 10;

    /** @throws IOException when the key that is there cannot be used, or none can be made */
    KeyFile key() throws IOException {
        if (isThere()) return read(own);
        if (Files.isReadable(ollama)) return read(ollama);
        synchronized (KeyPlaces.class) {
            return isThere() ? read(own) : make();
        }
    }

    /** An empty file is what a full disk leaves of a key. */
    private boolean isThere() throws IOException {
        return Files.exists(own) && Files.size(own) > 0;
    }

    private static KeyFile read(Path file) throws IOException {
        byte[] content;
        try (var in = Files.newInputStream(file)) {
            content = in.readNBytes(MAX_BYTES);
        }
        return KeyFile.parse(content);
    }

    private KeyFile make() throws IOException {
        KeyFile key = KeyFile.generate();
        if (own.getParent() != null) Files.createDirectories(own.getParent());
        Path shown = own.resolveSibling(own.getFileName() + ".pub");
        write(shown, "ssh-ed25519 " + key.publicText() + "\n", "rw-r--r--");
        write(own, key.privateText(), "rw-------");
        LOG.info("made a key for registries; its public half is in {}", shown);
        return key;
    }

    /** It gets its name when all of it is there: half a key would be in the way of all pulls for good. */
    private static void write(Path file, String text, String permissions) throws IOException {
        Path temp = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(temp);
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        FileAttribute<?>[] mode =
                Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                        }
                        : new FileAttribute<?>[0];
        try (var channel = FileChannel.open(temp, options, mode)) {
            channel.write(java.nio.charset.StandardCharsets.US_ASCII.encode(text));
            channel.force(true);
        }
        Files.move(temp, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
