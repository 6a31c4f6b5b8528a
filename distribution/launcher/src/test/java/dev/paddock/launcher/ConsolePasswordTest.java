package dev.paddock.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsolePasswordTest {
    @TempDir
    Path temporary;

    @Test
    void itIsMadeUpOnceAndForTheOwnerAlone() throws IOException {
        Path file = temporary.resolve("console-password");
        ConsolePassword.hash(file);
        String password = Files.readString(file);
        assertThat(password.strip()).hasSizeGreaterThanOrEqualTo(20);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        ConsolePassword.hash(file);
        assertThat(Files.readString(file)).isEqualTo(password);
    }

    @Test
    void theHashTellsSaltAndRoundsAndNotThePassword() {
        assertThat(ConsolePassword.hash("secret", "salt"))
                .startsWith("{sha-256}salt-1000-")
                .doesNotContain("secret")
                .isEqualTo(ConsolePassword.hash("secret", "salt"))
                .isNotEqualTo(ConsolePassword.hash("secret", "pepper"));
    }
}
