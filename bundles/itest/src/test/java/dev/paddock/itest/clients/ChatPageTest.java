package dev.paddock.itest.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.itest.e2e.Await;
import dev.paddock.itest.e2e.BrowserScript;
import dev.paddock.itest.e2e.Golden;
import dev.paddock.itest.e2e.Server;
import dev.paddock.itest.e2e.SlowModel;
import java.time.Duration;
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
    private static final BrowserScript SCRIPT = new BrowserScript("chat.mjs");

    private final Server server;

    ChatPageTest(Server server) {
        this.server = server;
    }

    @BeforeEach
    void needsABrowser() {
        BrowserScript.needsABrowser();
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
        return SCRIPT.run(server, name);
    }
}
