package dev.paddock.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadGroundTest {
    @TempDir
    Path home;

    @Test
    void settingsThatAreNoJsonAreNamedWithTheirPlace() throws Exception {
        Path file = home.resolve("dev.paddock.web.json");
        Files.writeString(home.resolve("dev.paddock.engine.json"), "{\"runner.heap\": \"256m\"}");
        Files.writeString(file, "{\n  \"origins\": [\n}");
        var refusal = catchThrowableOfType(LaunchException.class, () -> ConfigFiles.check(home));
        assertThat(refusal.exit()).isEqualTo(Exit.SETTINGS);
        assertThat(refusal.getMessage())
                .contains(file + ", line 3, column", "mend the file")
                .doesNotContain("\n");
        Files.writeString(file, "{\n  \"origins\": []\n}");
        assertThatCode(() -> ConfigFiles.check(home)).doesNotThrowAnyException();
    }

    @Test
    void aHomeWithoutSettingsIsFine() {
        assertThatCode(() -> ConfigFiles.check(home.resolve("configs"))).doesNotThrowAnyException();
    }

    @Test
    void aFullDiskIsNamedWithItsNumbers() {
        var refusal = catchThrowableOfType(LaunchException.class, () -> DiskRoom.check(home, 3 << 20));
        assertThat(refusal.exit()).isEqualTo(Exit.DISK_FULL);
        assertThat(refusal).hasMessageContaining(home + " is full: 3 MiB are free, a start needs 16");
        assertThatCode(() -> DiskRoom.check(home, DiskRoom.LEAST_BYTES)).doesNotThrowAnyException();
    }
}
