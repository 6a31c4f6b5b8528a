package dev.paddock.cli.modelfile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where users are at home, for {@code ~} and {@code ~user}.
 *
 * @param own of the one who asks
 * @param users the system's list of users, one a line, in the form of passwd(5); need not exist
 */
record HomeDirectories(Path own, Path users) {
    private static final int HOME_FIELD = 5;
    private static final int FIELDS = 7;

    static HomeDirectories ofThisMachine() {
        return new HomeDirectories(Path.of(System.getProperty("user.home")), Path.of("/etc/passwd"));
    }

    /** @param user empty = the one who asks */
    Optional<Path> of(String user) {
        if (user.isEmpty()) return Optional.of(own);
        try (var lines = Files.lines(users, StandardCharsets.ISO_8859_1)) {
            return lines.map(line -> line.split(":", -1))
                    .filter(fields -> fields.length >= FIELDS && fields[0].equals(user))
                    .map(fields -> Path.of(fields[HOME_FIELD]))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty(); // a system that keeps its users elsewhere
        }
    }
}
