package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Ready-made case 3 of the specification; with a server of its own, where nobody else loads anything. */
@DisplayName("3 Load/unload")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Spec03LoadUnloadTest {
    private Server server;

    @BeforeAll
    void start() throws Exception {
        server = Server.start(Map.of());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private JsonNode models() throws Exception {
        return Server.JSON.readTree(server.get("/api/ps").body()).path("models");
    }

    @ParameterizedTest
    @CsvSource({"/api/generate, /response", "/api/chat, /message/content"})
    void anEmptyPromptLoadsAndWithKeepAlive0Unloads(String path, String content) throws Exception {
        JsonNode loaded = server.ask(path, Map.of("model", "starter"));
        assertThat(loaded.path("done_reason").asString()).isEqualTo("load");
        assertNothingSaid(loaded, content);
        assertThat(models()).hasSize(1);
        assertThat(models().get(0).path("name").asString()).isEqualTo("starter:latest");
        JsonNode unloaded = server.ask(path, Map.of("model", "starter", "keep_alive", 0));
        assertThat(unloaded.path("done_reason").asString()).isEqualTo("unload");
        assertNothingSaid(unloaded, content);
        Await.until(Duration.ofSeconds(1), "nothing is loaded", () -> models().isEmpty());
        JsonNode again = server.ask(path, Map.of("model", "starter", "keep_alive", 0));
        assertThat(again.path("done_reason").asString())
                .as("also when nothing was loaded")
                .isEqualTo("unload");
    }

    private static void assertNothingSaid(JsonNode answer, String content) {
        assertThat(answer.path("done").asBoolean()).isTrue();
        assertThat(answer.at(content).asString()).isEmpty();
        assertThat(answer.path("model").asString()).isEqualTo("starter");
        assertThat(answer.has("eval_count")).isFalse();
    }
}
