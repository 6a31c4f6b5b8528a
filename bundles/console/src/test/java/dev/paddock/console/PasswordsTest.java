package dev.paddock.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordsTest {
    @TempDir
    Path home;

    private Passwords passwords;

    @BeforeEach
    void first() throws IOException {
        Files.writeString(home.resolve("console-password"), "the first one\n");
        passwords = new Passwords(home);
    }

    @Test
    void theFirstOneOpensToAdminAlone() throws IOException {
        assertThat(passwords.open("admin", "the first one")).isTrue();
        assertThat(passwords.remembers("admin", "the first one")).isTrue();
        assertThat(passwords.open("admin", "the first one\n")).isFalse();
        assertThat(passwords.open("root", "the first one")).isFalse();
        assertThat(passwords.open("admin", "")).isFalse();
    }

    @Test
    void aChosenOneIsKeptAsAHashThatOnlyTheOwnerReads() throws IOException {
        passwords.open("admin", "the first one");
        passwords.choose("höchst geheim 17");
        assertThat(passwords.remembers("admin", "the first one")).isFalse();
        assertThat(passwords.open("admin", "the first one")).isFalse();
        assertThat(passwords.open("admin", "höchst geheim 17")).isTrue();
        Path kept = home.resolve("console-login");
        assertThat(Files.readString(kept)).startsWith("pbkdf2-sha256$210000$").doesNotContain("geheim");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-------");
        assertThat(home).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void whoForgotTheChosenOneDeletesItsFile() throws IOException {
        passwords.choose("quite a long one");
        Files.delete(home.resolve("console-login"));
        assertThat(passwords.open("admin", "the first one")).isTrue();
        assertThat(passwords.remembers("admin", "quite a long one")).isFalse();
    }

    @Test
    void aShortOneIsRefusedAndNothingChanges() throws IOException {
        assertThatThrownBy(() -> passwords.choose("short"))
                .hasMessage("the password has 5 characters; it must have 12 to 200");
        assertThat(passwords.open("admin", "the first one")).isTrue();
    }

    @Test
    void anEmptyOrMissingFileOpensNothing() throws IOException {
        Files.writeString(home.resolve("console-password"), "\n");
        assertThat(passwords.open("admin", "")).isFalse();
        Files.delete(home.resolve("console-password"));
        assertThatThrownBy(() -> passwords.open("admin", "")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aDamagedHashOpensNothing() {
        assertThat(PasswordHash.matches("pbkdf2-sha256$0$AAAA$AAAA", "")).isFalse();
        assertThat(PasswordHash.matches("pbkdf2-sha256$99999999$AAAA$AAAA", "")).isFalse();
        assertThat(PasswordHash.matches("pbkdf2-sha256$1$?$?", "")).isFalse();
        assertThat(PasswordHash.matches("pbkdf2-sha256$1$$", "")).isFalse();
        assertThat(PasswordHash.matches("", "")).isFalse();
    }
}
