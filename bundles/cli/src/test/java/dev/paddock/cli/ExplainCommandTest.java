package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.cli.text.Places;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
    private static final String TWO = "{\"decisions\":[{\"at\":\"2026-01-01T00:00:01Z\",\"kind\":\"loaded\","
            + "\"model\":\"m:latest\",\"text\":\"in 2 s\",\"numbers\":{}},{\"at\":\"2026-01-01T00:00:00Z\","
            + "\"kind\":\"placed\",\"request\":\"0123abcd-7\",\"text\":\"all\\u001b on Vulkan0\"}]}";

    @TempDir
    Path home;

    private Stage stage;

    @BeforeEach
    void start() throws Exception {
        stage = new Stage(home);
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void theLatestDecisionComesLastAndSteersNoTerminal() {
        stage.on("GET /api/explain", 200, TWO);
        List<String> lines = stage.run("explain").out().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).endsWith("placed  0123abcd-7  all on Vulkan0");
        assertThat(lines.getLast()).endsWith("loaded  m:latest  in 2 s");
    }

    @Test
    void aRequestAndAModelAreToldApart() {
        stage.on("GET /api/explain/0123abcd-7", 200, TWO);
        stage.on("GET /api/explain/model/hf.co/a/b%3AQ4", 200, TWO);
        assertThat(stage.run("explain", "0123abcd-7").out().lines().toList().getFirst())
                .contains("loaded");
        assertThat(stage.run("explain", "hf.co/a/b:Q4", "--json").out()).contains("\"kind\":\"loaded\"");
    }

    @Test
    void whatIsNotRememberedIsSaidInTheServersWords() {
        stage.on("GET /api/explain/model/x", 404, "{\"error\":\"nothing is remembered\"}");
        var outcome = stage.run("explain", "x");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("nothing is remembered");
    }

    @Test
    void psTellsWhereAModelRunsAndWhatIsOnItsWay() {
        Map<String, Object> ours = Map.of(
                "placement", Map.of("backend", "vulkan", "version", "1.0", "layers", 33),
                "memory", List.of(Map.of("device", "Vulkan0", "bytes", 5_000_000_000L)),
                "pinned", true);
        Map<String, Object> answer = Map.of(
                "models", List.of(Map.of("name", "m:latest", "paddock", ours)),
                "loading", List.of(Map.of("name", "big:latest", "phase", "loading", "progress", 0.25, "waiting", 2)));
        assertThat(Places.loaded(answer, "M"))
                .containsExactly("m:latest runs on vulkan 1.0, 33 layers (Vulkan0 5.0 GB), pinned");
        assertThat(Places.loading(answer, "")).containsExactly("big:latest is loading: 25 %, 2 waiting");
        assertThat(Places.loaded(answer, "x")).isEmpty();
    }
}
