package dev.paddock.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.settings.SettingChange;
import dev.paddock.api.settings.SettingChange.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
    private static final Place PLACE = new Place("a.b", "c");

    @TempDir
    Path directory;

    private History history() {
        return new History(directory.resolve(History.FILE), 2_000);
    }

    @Test
    void itOutlivesTheServer() {
        history().add("owner", PLACE, 1, new String[] {"x", "y"}, false);
        SettingChange read = history().all().getFirst();
        assertThat(read.before()).isEqualTo(1);
        assertThat((String[]) read.after()).containsExactly("x", "y");
        assertThat(history().add("owner", PLACE, null, "z", false).id()).isEqualTo("2");
    }

    @Test
    void theOlderHalfGoesWhenItIsTooLarge() throws IOException {
        History history = history();
        for (int i = 0; i < 100; i++) history.add("owner", PLACE, i, i + 1, false);
        assertThat(Files.size(directory.resolve(History.FILE))).isLessThanOrEqualTo(2_000);
        assertThat(history().all().getLast().after()).isEqualTo(100);
        assertThat(history().all()).isEqualTo(history.all());
    }

    @Test
    void aLineThatIsNoneEndsIt() throws IOException {
        History history = history();
        history.add("owner", PLACE, 1, 2, false);
        Files.writeString(directory.resolve(History.FILE), "{\"id\": 3}\n", StandardOpenOption.APPEND);
        assertThat(history().all()).hasSize(1);
    }
}
