package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopCommandTest {
    @TempDir
    Path home;

    private Stage stage;

    @BeforeEach
    void open() throws IOException {
        stage = new Stage(home).on("GET /api/ps", 200, "{\"models\":[{\"name\":\"starter:latest\",\"size\":5000}]}");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void withoutATerminalItIsOnePicture() {
        stage.on("GET /api/activity", 200, """
                {"at":"2026-11-30T10:00:00Z","uptime_seconds":125,"draining":true,
                "queued":[{"request":"q-1","model":"big","identity":"ann","priority":2,"waiting_ms":1500}],
                "running":[{"request":"r-1","model":"starter","identity":"bob","tokens":12,"prompt_tokens":34,"age_ms":800}],
                "series":{"interval_ms":1000,"tokens":[0,4,8],"prompt_tokens":[0,0,100],"ttft_ms":[null,120.4,null],
                "requests":[0,1,0]}}""");
        var top = stage.run("top");
        assertThat(top.code()).isZero();
        assertThat(top.out())
                .contains("up 2m5s, 1 running, 1 queued, 8.0 tokens/s, first token 120 ms, DRAINING")
                .contains("tokens       ▄█ most 8", "prompt        █ most 100")
                .contains("starter:latest")
                .containsPattern("r-1 +starter +bob +34 +12 +800.0ms")
                .containsPattern("q-1 +big +ann +2 +1.50s")
                .doesNotContain("\u001b");
        assertThat(stage.run("top", "--json").out()).contains("\"activity\":{\"at\"", "\"models\":[{\"name\"");
    }

    @Test
    void aServerThatTellsNoActivityShowsItsModels() {
        stage.on("GET /api/activity", 404, "404 page not found");
        var top = stage.run("top");
        assertThat(top.code()).isZero();
        assertThat(top.out()).contains("does not tell its activity", "starter:latest");
        assertThat(stage.run("top", "--interval", "0").code()).isEqualTo(2);
    }
}
