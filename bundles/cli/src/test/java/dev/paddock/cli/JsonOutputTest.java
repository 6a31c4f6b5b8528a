package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.cli.http.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is told to people is told to programs as one JSON object on one line. */
class JsonOutputTest {
    @TempDir
    Path home;

    private Stage stage;

    @BeforeEach
    void open() throws IOException {
        stage = new Stage(home)
                .on("GET /api/tags", 200, "{\"models\":[{\"name\":\"a:1\",\"size\":5},{\"name\":\"b:1\",\"size\":6}]}")
                .on("GET /api/ps", 200, "{\"models\":[{\"name\":\"a:1\"}]}")
                .on("POST /api/show", 200, "{\"system\":\"Be kind.\",\"details\":{}}")
                .on("GET /api/backends", 200, "{\"backends\":[],\"memory\":[]}")
                .on("GET /api/explain", 200, "{\"decisions\":[]}")
                .on("GET /api/models/usage", 200, "{\"models\":[]}")
                .on("GET /api/models/housekeeping", 200, "{\"steps\":[],\"damage\":[]}")
                .on("POST /api/models/prune", 200, "{\"files\":[]}")
                .on("PUT /api/backends/cpu/pin", 200, "{\"id\":\"cpu\",\"pinned\":true}")
                .on("DELETE /api/backends/cpu/pin", 200, "{\"id\":\"cpu\",\"unpinned\":true}")
                .on("GET /livez", 200, "ok")
                .on("GET /readyz", 200, "ok")
                .on("GET /api/config", 200, "{\"settings\":[]}")
                .on("GET /api/config/history", 200, "{\"changes\":[]}")
                .on("GET /api/version", 200, "{\"version\":\"0.32.0\",\"paddock\":\"1.2.3\"}");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list",
                "ps",
                "show a",
                "show a --system",
                "explain",
                "models du",
                "models housekeeping",
                "models prune --dry-run",
                "backend list",
                "backend pin cpu@1.0.0",
                "backend unpin cpu",
                "doctor",
                "health",
                "version",
                "top",
                "config list",
                "config history"
            })
    void oneObjectOnOneLine(String words) {
        var outcome = stage.run((words + " --json").split(" "));
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out().lines()).hasSize(1);
        assertThat(Json.object(outcome.out().getBytes(StandardCharsets.UTF_8))).isNotEmpty();
    }

    @Test
    void prefixesAndPartsCountThereToo() {
        assertThat(stage.run("list", "--json", "B").out()).contains("b:1").doesNotContain("a:1");
        assertThat(stage.run("show", "a", "--system", "--json").out()).isEqualTo("{\"system\":\"Be kind.\"}\n");
        assertThat(stage.run("version", "--json").out()).contains("\"server\":\"1.2.3\"", "\"kind\":\"paddock\"");
    }
}
