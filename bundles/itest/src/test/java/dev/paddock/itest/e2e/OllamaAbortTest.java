package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.itest.conformance.Api;
import dev.paddock.itest.conformance.Shows;
import dev.paddock.itest.conformance.Trait;
import java.net.Socket;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who goes away, in the middle of a stream or while waiting for the whole, leaves no work behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OllamaAbortTest {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Server server;

    @BeforeAll
    void start() throws Exception {
        server = Server.start(Map.of());
        SlowModel.install(server);
        assertThat(server.post("/api/chat", SlowModel.brief()).statusCode()).isEqualTo(200);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest(name = "stream={0}")
    @ValueSource(booleans = {true, false})
    @Shows(api = Api.OLLAMA_CHAT, value = Trait.ABORT)
    void chat(boolean stream) throws Exception {
        assertGenerationFreed(RawRequest.post("/api/chat", SlowModel.endless(stream)));
    }

    @ParameterizedTest(name = "stream={0}")
    @ValueSource(booleans = {true, false})
    @Shows(api = Api.OLLAMA_GENERATE, value = Trait.ABORT)
    void generate(boolean stream) throws Exception {
        assertGenerationFreed(RawRequest.post(
                "/api/generate",
                "{\"model\":\"slow\",\"prompt\":\"Go on for ever.\",\"stream\":" + stream
                        + ",\"options\":{\"num_predict\":4000,\"temperature\":0}}"));
    }

    /** Vectors of a hundred pages take minutes. */
    @Test
    @Shows(api = Api.OLLAMA_EMBED, value = Trait.ABORT)
    void embed() throws Exception {
        var inputs = Collections.nCopies(300, "Go on for ever. ".repeat(60));
        assertFreed(
                RawRequest.post("/api/embed", Server.JSON.writeValueAsString(Map.of("model", "slow", "input", inputs))),
                () -> SlowModel.running(server) == 1);
    }

    private void assertGenerationFreed(RawRequest request) throws Exception {
        long before = SlowModel.generated(server);
        assertFreed(request, () -> SlowModel.running(server) == 1 && SlowModel.generated(server) > before);
    }

    private void assertFreed(RawRequest request, Await.Condition busy) throws Exception {
        try (Socket _ = request.send(server)) {
            Await.until(PATIENCE, "it is being computed", busy);
        }
        Await.until(SOON, "computing has stopped", () -> SlowModel.running(server) == 0);
    }
}
