package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsCommandTest {
    @TempDir
    Path home;

    private Stage stage;

    @BeforeEach
    void open() throws IOException {
        stage = new Stage(home);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private void log(String text) throws IOException {
        Files.createDirectories(home.resolve("logs"));
        Files.writeString(home.resolve("logs/paddock.log"), text);
    }

    @Test
    void theLastLinesArePrinted() throws IOException {
        log(IntStream.range(0, 50_000).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining()));
        assertThat(stage.run("logs", "-n", "2").out()).isEqualTo("line 49998\nline 49999\n");
        assertThat(stage.run("logs").out().lines()).hasSize(100);
        assertThat(stage.run("logs", "-n", "60000").out().lines())
                .hasSize(50_000)
                .startsWith("line 0");
        assertThat(stage.run("logs", "-n", "0").out()).isEmpty();
    }

    @Test
    void aLastLineWithoutItsEndCounts() throws IOException {
        log("a\nb\nc");
        assertThat(stage.run("logs", "-n", "2").out()).isEqualTo("b\nc");
        log("");
        assertThat(stage.run("logs").out()).isEmpty();
    }

    @Test
    void noLogIsSaidWithWhereItWouldBe() {
        var logs = stage.run("logs");
        assertThat(logs.code()).isEqualTo(1);
        assertThat(logs.err()).contains(home.toString(), "PADDOCK_HOME");
        assertThat(stage.run("logs", "-n", "-1").code()).isEqualTo(2);
    }
}
