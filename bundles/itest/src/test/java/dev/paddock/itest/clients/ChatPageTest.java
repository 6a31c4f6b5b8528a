package dev.paddock.itest.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.itest.Layout;
import dev.paddock.itest.e2e.Await;
import dev.paddock.itest.e2e.Golden;
import dev.paddock.itest.e2e.Server;
import dev.paddock.itest.e2e.SlowModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * The chat page in a real browser against a started server. The script {@code browser/chat.mjs} runs one case each, and
 * fails when the page logs an error or asks another host for anything.
 */
@ExtendWith(ClientServer.class)
class ChatPageTest {
    private static final int PATIENCE_SECONDS = 120;

    private final Server server;
    private final Path scripts = Layout.root().resolve("bundles/itest/browser");

    ChatPageTest(Server server) {
        this.server = server;
    }

    @BeforeEach
    void needsABrowser() {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/chromium")),
                "Chromium is missing; ./test installs it (Debian: chromium)");
        assumeTrue(
                Files.isDirectory(scripts.resolve("node_modules")),
                "playwright-core and axe-core are not installed; ./test installs them (npm ci in bundles/itest/browser)");
    }

    @Test
    void anAnswerStreamsAndIsKept() throws Exception {
        assertThat(run("streams").asString())
                .isEqualTo(Golden.named("who-are-you").answer());
    }

    @Test
    void aThoughtIsFolded() throws Exception {
        JsonNode said = run("thought");
        assertThat(said.path("thought").asString()).isNotBlank();
        assertThat(said.path("answer").asString()).contains("42").doesNotContain("think>");
    }

    @Test
    void aStoppedAnswerIsNotComputedAnyMore() throws Exception {
        assertThat(run("stop").asString()).isEqualTo("stopped");
        Await.until(Duration.ofSeconds(5), "nothing is computed", () -> SlowModel.running(server) == 0);
    }

    /** No case leaves anything on the server; what each holds the page to stands in the script. */
    @ParameterizedTest
    @ValueSource(
            strings = {"hostile", "heavy", "keyboard", "locked", "conversations", "tools", "failures", "pulls", "looks"
            })
    void thePageHoldsItsWord(String name) throws Exception {
        assertThat(run(name).isMissingNode()).isFalse();
    }

    private JsonNode run(String name) throws Exception {
        Path screenshots = Files.createDirectories(Layout.root().resolve("bundles/itest/target/screenshots"));
        Path said = Files.createTempFile("paddock-browser-", ".json");
        Process process = new ProcessBuilder(
                        "node", scripts.resolve("chat.mjs").toString(), server.address(), name, screenshots.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(said.toFile())
                .start();
        try {
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            String words = Files.readString(said);
            assertThat(ended).as("%s ends; it said: %s", name, words).isTrue();
            JsonNode last = Server.JSON.readTree(words);
            assertThat(last.path("error").asString("")).as(name).isEmpty();
            return last.path("done");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Files.delete(said);
        }
    }
}
