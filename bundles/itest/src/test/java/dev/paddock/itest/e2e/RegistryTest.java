package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.itest.Layout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Models to a real registry and back, as people type it and as the client of Ollama asks for it. */
class RegistryTest {
    private DockerRegistry registry;
    private Server server;
    private Golden question;

    @BeforeEach
    void start() throws Exception {
        registry = DockerRegistry.start();
        // Whoever may ask for models must not reach every service on the server's machine by it, so this is off
        // elsewhere.
        server = Server.start(Map.of("PADDOCK_PRIVATE_NETWORKS", "loopback"));
        question = Golden.all().stream()
                .filter(g -> g.plain() && g.messages().size() == 1)
                .findFirst()
                .orElseThrow();
    }

    @AfterEach
    void stop() {
        if (server != null) server.close();
        if (registry != null) registry.close();
    }

    @Test
    void aModelGoesToTheRegistryAndComesBack() throws Exception {
        String name = registry.host() + "/ns/starter";
        Typed.fine(server, "cp", "starter", name);
        var push = Typed.fine(server, "push", name, "--insecure");
        assertThat(push.err())
                .startsWith("retrieving manifest\n")
                .contains("pushing manifest")
                .endsWith("success\n");
        Typed.fine(server, "rm", "starter", name);
        assertThat(Typed.fine(server, "models", "du", "--json").out()).contains("\"models\":[]");
        var pull = Typed.fine(server, "pull", name, "--insecure");
        assertThat(pull.err())
                .startsWith("pulling manifest\n")
                .containsSubsequence("pulling ", "verifying sha256 digest", "writing manifest", "success\n");
        assertThat(run(name)).isEqualTo(question.answer());
        assertThat(Typed.fine(server, "pull", name, "--insecure").err())
                .as("nothing is fetched twice")
                .endsWith("success\n");
        assertThat(Typed.fine(server, "models", "verify", "--all").out()).contains("nothing is damaged");
    }

    @Test
    void runBringsAModelThatIsNotThere() throws Exception {
        String name = registry.host() + "/ns/starter:v1";
        Typed.fine(server, "cp", "starter", name);
        Typed.fine(server, "push", name, "--insecure");
        Typed.fine(server, "rm", name, "starter");
        String text = question.messages().get(0).path("content").asString();
        var run = Typed.fine(server, "run", name, text, "--insecure", "--temperature", "0");
        assertThat(run.out().strip()).isEqualTo(question.answer());
        assertThat(run.err()).startsWith("pulling manifest\n").contains("success\n");
    }

    @Test
    void whatTheRegistryDoesNotHaveIsOneSentence() throws Exception {
        var pull = Typed.at(server, "pull", registry.host() + "/ns/nothing", "--insecure");
        assertThat(pull.code()).isEqualTo(1);
        assertThat(pull.err()).isEqualTo("pulling manifest\nError: pull model manifest: file does not exist\n");
        var push = Typed.at(server, "push", registry.host() + "/ns/nothing", "--insecure");
        assertThat(push.code()).isEqualTo(1);
        assertThat(push.err()).startsWith("retrieving manifest\ncouldn't retrieve manifest\nError: ");
        var plain = Typed.at(server, "pull", "http://" + registry.host() + "/ns/nothing");
        assertThat(plain.err()).contains("insecure protocol http");
    }

    @Test
    void theClientOfOllamaPushesPullsCopiesAndDeletes() throws Exception {
        Path clients = Layout.root().resolve("bundles/itest/clients");
        assumeTrue(
                Files.isDirectory(clients.resolve("node_modules")),
                "the npm clients are not installed; ./test installs them (npm ci in bundles/itest/clients)");
        String text = question.messages().get(0).path("content").asString();
        JsonNode seen = Server.JSON.readTree(output(
                List.of("node", clients.resolve("registry.mjs").toString(), server.address(), registry.host(), text)));
        assertThat(seen.path("pushed").path("last").asString()).isEqualTo("success");
        assertThat(seen.path("pulled").path("first").asString()).isEqualTo("pulling manifest");
        assertThat(seen.path("pulled").path("last").asString()).isEqualTo("success");
        assertThat(seen.path("pulled").path("bytes").asLong()).isGreaterThan(4_000_000);
        assertThat(seen.path("pulled").path("complete").asBoolean()).isTrue();
        assertThat(seen.path("afterDelete").toString()).doesNotContain("ns/npm");
        assertThat(seen.path("family").asString()).isEqualTo("llama");
        assertThat(seen.path("whole").asString()).isEqualTo("success");
        assertThat(seen.path("answer").asString()).isEqualTo(question.answer());
        assertThat(seen.path("created").asString()).isEqualTo("success");
        assertThat(seen.path("system").asString()).isEqualTo("You are a test.");
        assertThat(seen.path("unknown").asString()).contains("file does not exist");
    }

    private String run(String model) throws Exception {
        String text = question.messages().get(0).path("content").asString();
        return Typed.fine(server, "run", model, text, "--temperature", "0")
                .out()
                .strip();
    }

    private static String output(List<String> command) throws Exception {
        Path out = Files.createTempFile("client", ".out");
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(out)).isZero();
            return Files.readString(out);
        } finally {
            Files.delete(out);
        }
    }
}
