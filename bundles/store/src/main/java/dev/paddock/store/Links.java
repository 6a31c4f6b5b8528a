package dev.paddock.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ThreadLocalRandom;

/** Makes a file of elsewhere a blob without copying it. */
final class Links {
    private Links() {}

    /** How a file was taken over. */
    enum Kind {
        /** The same file under a second name: it stays when the first one goes. */
        HARD("hard link"),
        /** A link by name, where the file lies on another disk or belongs to somebody else. */
        SYMBOLIC("link by name");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /**
     * Links it, replacing what has that name. Whoever looks sees the old or the new one.
     *
     * @param source an absolute path without links
     */
    static Kind place(Path source, Path target) throws IOException {
        long random = ThreadLocalRandom.current().nextLong(1_000_000_000L, 10_000_000_000L);
        Path temp = target.resolveSibling("sha256-" + random);
        try {
            Kind kind = link(source, temp);
            Files.move(temp, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return kind;
        } finally {
            // When both names are the same file, POSIX leaves them both.
            Files.deleteIfExists(temp);
        }
    }

    private static Kind link(Path source, Path temp) throws IOException {
        try {
            Files.createLink(temp, source);
            return Kind.HARD;
        } catch (FileSystemException | UnsupportedOperationException e) {
            return linkByName(source, temp, e);
        }
    }

    private static Kind linkByName(Path source, Path temp, Exception why) throws IOException {
        try {
            Files.createSymbolicLink(temp, source);
            return Kind.SYMBOLIC;
        } catch (FileSystemException | UnsupportedOperationException e) {
            e.addSuppressed(why);
            throw new IOException("this system can neither link nor name the file: " + e.getMessage(), e);
        }
    }
}
