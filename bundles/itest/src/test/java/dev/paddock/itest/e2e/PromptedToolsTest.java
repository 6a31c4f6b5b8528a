package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.itest.Layout;
import dev.paddock.itest.e2e.Dialect.Draw;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model whose template knows no tools. */
class PromptedToolsTest {
    private static final String TEMPLATE = "{{ if .System }}<|im_start|>system\n{{ .System }}<|im_end|>\n{{ end }}"
            + "<|im_start|>user\n{{ .Prompt }}<|im_end|>\n<|im_start|>assistant\n";

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void toolsAreWrittenIntoItsMessagesUnlessThatIsTurnedOff(boolean prompted) throws Exception {
        Map<String, Map<String, Object>> configs = Map.of(
                "dev.paddock.store", Map.of("go.template", "always"),
                "dev.paddock.inference", Map.of("tools.prompted", prompted));
        try (Server server = Server.start(Map.of(), configs, Layout.install())) {
            server.ask(
                    "/api/create", Map.of("model", "bare", "from", "starter", "template", TEMPLATE, "stream", false));
            var shown = server.ask("/api/show", Map.of("model", "bare"));
            assertThat(shown.path("capabilities").toString()).doesNotContain("tools");

            var body = Dialect.OPENAI.body("What is 17 + 25?", Draw.GREEDY, true);
            body.put("model", "bare");
            body.put("tools", Golden.named("tool-call-add").tools());
            body.put("tool_choice", "required");
            if (prompted) written(server, body);
            else {
                var refused = server.post(Dialect.OPENAI.path, Server.JSON.writeValueAsString(body));
                assertThat(refused.statusCode()).isEqualTo(400);
                assertThat(refused.body()).contains("bare:latest does not support tools");
            }
        }
    }

    private static void written(Server server, Map<String, Object> body) throws Exception {
        var said = Transcript.ask(server, Dialect.OPENAI, body);
        assertThat(said.calls()).isNotEmpty();
        assertThat(said.reason()).isEqualTo("tool_calls");
        assertThat(said.notes()).singleElement().asString().contains("bare:latest has no place for tools");
        var explained = server.get("/api/explain?model=bare");
        assertThat(explained.body()).contains("has no place for tools");
    }
}
