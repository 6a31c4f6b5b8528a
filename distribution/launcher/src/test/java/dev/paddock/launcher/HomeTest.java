package dev.paddock.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    @TempDir
    Path temporary;

    @Test
    void aSecondServerIsRefusedAndToldOfTheFirst() throws Exception {
        var layout = new Layout(temporary, temporary.resolve("home"));
        try (var home = Home.claim(layout)) {
            home.announce("http://127.0.0.1:4711");
            var refusal = catchThrowableOfType(LaunchException.class, () -> Home.claim(layout));
            assertThat(refusal.exit()).isEqualTo(Exit.HOME_IN_USE);
            assertThat(refusal)
                    .hasMessageContaining("http://127.0.0.1:4711")
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
        Home.claim(layout).close();
    }

    @Test
    void theProcessFileIsGoneAtTheEnd() throws Exception {
        var layout = new Layout(temporary, temporary);
        try (var home = Home.claim(layout)) {
            home.announce("http://127.0.0.1:4711");
            assertThat(layout.pidFile()).exists();
        }
        assertThat(layout.pidFile()).doesNotExist();
    }

    @Test
    void aHomeThatCannotBeMadeIsRefusedInASentence() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));
        var refusal = catchThrowableOfType(
                LaunchException.class, () -> Home.claim(new Layout(temporary, file.resolve("home"))));
        assertThat(refusal.exit()).isEqualTo(Exit.HOME);
        assertThat(refusal).hasMessageContaining("cannot be written").hasMessageContaining("PADDOCK_HOME=");
    }
}
