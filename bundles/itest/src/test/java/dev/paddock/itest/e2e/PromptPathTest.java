package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Which template a model is used with, as it is shown and as it answers. */
class PromptPathTest {
    private static final String FILL = "{{ .Prompt }}<GAP>{{ .Suffix }}";

    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        server = Server.start(Map.of());
        server.ask("/api/create", Map.of("model", "filler", "from", "starter", "template", FILL, "stream", false));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode show(String model) throws Exception {
        return server.ask("/api/show", Map.of("model", model));
    }

    @Test
    void theStartersPathIsShown() throws Exception {
        var prompt = show("starter").path("prompt");
        assertThat(prompt.path("origin").asString()).isEqualTo("gguf");
        assertThat(prompt.path("language").asString()).isEqualTo("jinja");
        assertThat(prompt.path("format").asString()).isEqualTo("hermes");
        assertThat(prompt.path("why").asString()).isEqualTo("the file's Jinja template");
    }

    @Test
    void aGoTemplateThatCanDoLessIsKeptForGaps() throws Exception {
        var shown = show("filler");
        assertThat(shown.path("prompt").path("why").asString())
                .isEqualTo("the file's Jinja template, preferred to the model's Go template");
        assertThat(shown.path("capabilities").toString()).contains("tools", "insert");
        assertThat(shown.path("modelfile").asString()).contains("TEMPLATE " + FILL);

        var answer = server.ask(
                "/api/generate",
                Map.of(
                        "model", "filler",
                        "prompt", "one two",
                        "suffix", "four five",
                        "stream", false,
                        "options", Map.of("temperature", 0, "num_predict", 4)));
        var same = server.ask(
                "/api/generate",
                Map.of(
                        "model",
                        "filler",
                        "prompt",
                        "one two<GAP>four five",
                        "raw",
                        true,
                        "stream",
                        false,
                        "options",
                        Map.of("temperature", 0, "num_predict", 4)));
        assertThat(answer.path("response").asString())
                .isEqualTo(same.path("response").asString());
        assertThat(answer.path("prompt_eval_count").asInt())
                .isEqualTo(same.path("prompt_eval_count").asInt());
    }
}
