package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.itest.Layout;
import dev.paddock.itest.conformance.Api;
import dev.paddock.itest.conformance.Shows;
import dev.paddock.itest.conformance.Trait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What curl and the official packages of Ollama and OpenAI do beside the cases of every client's contract. */
@ExtendWith(SharedServer.class)
class ClientsTest {
    private final Server server;
    private Golden question;

    ClientsTest(Server server) {
        this.server = server;
    }

    @BeforeEach
    void chooseAQuestion() throws IOException {
        question = Golden.all().stream()
                .filter(g -> g.plain() && g.messages().size() == 1)
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Shows(
            api = Api.OLLAMA_GENERATE,
            value = {Trait.PLAIN, Trait.USAGE})
    void theOllamaClientSeesModelsAndGenerates() throws Exception {
        JsonNode seen = node("ollama-models.mjs");
        assertThat(seen.path("models").get(0).asString()).isEqualTo("starter:latest");
        assertThat(seen.path("family").asString()).isEqualTo("llama");
        assertThat(seen.path("generated").asString()).isEqualTo(question.answer());
        assertThat(seen.path("evalCount").asInt()).isPositive();
        assertThat(seen.path("loaded").get(0).asString()).isEqualTo("starter:latest");
    }

    @Test
    @Shows(
            api = Api.OPENAI_CHAT,
            value = {Trait.STREAM, Trait.USAGE})
    void theOpenAiClientSeesModelsAndHowAStreamEnds() throws Exception {
        JsonNode seen = node("openai-models.mjs");
        assertThat(seen.path("models").get(0).asString()).startsWith("starter");
        assertThat(seen.path("finish").asString()).isEqualTo("stop");
        assertThat(seen.path("usage").path("completion_tokens").asInt()).isPositive();
    }

    @Test
    @Shows(
            api = Api.OLLAMA_CHAT,
            value = {Trait.STREAM, Trait.TOOLS, Trait.THINKING, Trait.SCHEMA})
    void theOllamaClientStreamsCallsThoughtsAndJson() throws Exception {
        assertTools(node("ollama-tools.mjs"));
    }

    @Test
    @Shows(
            api = Api.OPENAI_CHAT,
            value = {Trait.STREAM, Trait.TOOLS, Trait.THINKING, Trait.SCHEMA})
    void theOpenAiClientStreamsCallsThoughtsAndJson() throws Exception {
        JsonNode seen = node("openai-tools.mjs");
        assertTools(seen);
        assertThat(seen.path("finish").asString()).isEqualTo("tool_calls");
        assertThat(seen.path("required").asString()).isEqualTo("add");
    }

    private static void assertTools(JsonNode seen) {
        assertThat(seen.path("call").path("name").asString()).isEqualTo("add");
        assertThat(seen.path("call").path("arguments")).isEqualTo(Server.JSON.readTree("{\"a\":17,\"b\":25}"));
        assertThat(seen.path("answer").asString()).isEqualTo("The result is 42.");
        assertThat(seen.path("thinking").asString()).contains("7 + 5 = 12");
        assertThat(seen.path("thought").asString()).isEqualTo("17 + 25 = 42.");
        assertThat(seen.path("json")).isEqualTo(Server.JSON.readTree("{\"name\":\"Anna\",\"age\":31}"));
    }

    @Test
    void curlGetsWholeAndStreamedAnswers() throws Exception {
        String body = Server.JSON.writeValueAsString(java.util.Map.of(
                "model", "starter", "messages", question.messages(), "options", java.util.Map.of("temperature", 0)));
        String streamed = run(List.of("curl", "-sN", server.address() + "/api/chat", "-d", body));
        StringBuilder joined = new StringBuilder();
        for (String line : streamed.lines().toList())
            joined.append(
                    Server.JSON.readTree(line).path("message").path("content").asString(""));
        assertThat(joined).hasToString(question.answer());
        String whole = body.substring(0, body.length() - 1) + ",\"stream\":false}";
        JsonNode answer = Server.JSON.readTree(run(List.of("curl", "-s", server.address() + "/api/chat", "-d", whole)));
        assertThat(answer.path("message").path("content").asString()).isEqualTo(question.answer());
    }

    private JsonNode node(String script) throws Exception {
        Path clients = Layout.root().resolve("bundles/itest/clients");
        assumeTrue(
                Files.isDirectory(clients.resolve("node_modules")),
                "the npm clients are not installed; ./test installs them (npm ci in bundles/itest/clients)");
        String text = question.messages().get(0).path("content").asString();
        return Server.JSON.readTree(run(List.of("node", clients.resolve(script).toString(), server.address(), text)));
    }

    private static String run(List<String> command) throws Exception {
        Path out = Files.createTempFile("client", ".out");
        try {
            var process = new ProcessBuilder(new ArrayList<>(command))
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(out)).isZero();
            return Files.readString(out);
        } finally {
            Files.delete(out);
        }
    }
}
