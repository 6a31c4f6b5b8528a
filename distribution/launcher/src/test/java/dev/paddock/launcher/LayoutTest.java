package dev.paddock.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutTest {
    @TempDir
    Path temporary;

    @AfterEach
    void forget() {
        System.clearProperty("paddock.install");
    }

    @Test
    void theHomeComesFromTheEnvironmentAndElseLiesWithTheUser() throws Exception {
        Files.createDirectories(temporary.resolve("bundles"));
        System.setProperty("paddock.install", temporary.toString());
        assertThat(Layout.of(Map.of("PADDOCK_HOME", "/srv/paddock")).home()).isEqualTo(Path.of("/srv/paddock"));
        assertThat(Layout.of(Map.of()).home()).isEqualTo(Path.of(System.getProperty("user.home"), ".paddock"));
    }

    @Test
    void anInstallationWithoutBundlesIsRefused() {
        System.setProperty("paddock.install", temporary.toString());
        var refusal = catchThrowableOfType(LaunchException.class, () -> Layout.of(Map.of()));
        assertThat(refusal.exit()).isEqualTo(Exit.INSTALLATION);
    }

    @Test
    void filesStillBeingWrittenAreNoBundlesYet() throws Exception {
        Files.createFile(temporary.resolve("b.jar"));
        Files.createFile(temporary.resolve("a.jar"));
        Files.createFile(temporary.resolve(".c.jar"));
        Files.createFile(temporary.resolve("d.txt"));
        assertThat(HotBundles.jars(temporary))
                .isEqualTo(List.of(temporary.resolve("a.jar"), temporary.resolve("b.jar")));
    }
}
