package dev.paddock.console;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Set;

/**
 * What opens the console to user {@code admin}: a password that the operator chose, of which a hash is kept in the file
 * {@code console-login}; until there is one, the random one in {@code console-password}, which the owner of the home can
 * read. Both files are looked at each time, so a change counts at once. Safe for many threads.
 */
final class Passwords {
    static final String USER = "admin";
    static final int SHORTEST = 12;
    static final int LONGEST = 200;

    private static final String CHOSEN = "console-login";
    private static final String FIRST = "console-password";

    private final Path home;
    /** The last right one, so that a slow hash is computed once and not with each request. */
    private volatile byte[] remembered = {};

    /** @param home the directory of this installation's data */
    Passwords(Path home) {
        this.home = home;
    }

    /** Whether these were right a moment ago; costs nothing. */
    boolean remembers(String user, String password) throws IOException {
        return MessageDigest.isEqual(remembered, mark(stored(), user, password));
    }

    /** Whether these open the console. */
    boolean open(String user, String password) throws IOException {
        String stored = stored();
        boolean right = Files.exists(home.resolve(CHOSEN))
                ? PasswordHash.matches(stored, password)
                : MessageDigest.isEqual(bytes(stored), bytes(password));
        if (!right || stored.isEmpty() || !user.equals(USER)) return false;
        remembered = mark(stored, user, password);
        return true;
    }

    /**
     * Keeps a hash of this one, which counts from now on.
     *
     * @throws IllegalArgumentException when it is too short or too long
     */
    void choose(String password) throws IOException {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST || length > LONGEST) {
            throw new IllegalArgumentException(
                    "the password has " + length + " characters; it must have " + SHORTEST + " to " + LONGEST);
        }
        Path next = home.resolve("." + CHOSEN + ".part");
        Files.deleteIfExists(next);
        Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel channel = FileChannel.open(next, Set.of(StandardOpenOption.WRITE))) {
            channel.write(StandardCharsets.UTF_8.encode(PasswordHash.of(password) + "\n"));
            channel.force(true);
        }
        Files.move(next, home.resolve(CHOSEN), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The hash of the chosen one or the text of the first one. */
    private String stored() throws IOException {
        Path chosen = home.resolve(CHOSEN);
        return Files.readString(Files.exists(chosen) ? chosen : home.resolve(FIRST))
                .strip();
    }

    private byte[] mark(String stored, String user, String password) {
        return PasswordHash.mark(stored + "\n" + user + "\n" + password);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
