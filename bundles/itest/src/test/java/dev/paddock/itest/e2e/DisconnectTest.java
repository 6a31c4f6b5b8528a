package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.itest.conformance.Api;
import dev.paddock.itest.conformance.Shows;
import dev.paddock.itest.conformance.Trait;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that goes away must not leave the machine computing for nobody. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DisconnectTest {
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

    @ParameterizedTest(name = "{0} stream={1}")
    @CsvSource({"/api/chat,true", "/api/chat,false", "/v1/chat/completions,true", "/v1/chat/completions,false"})
    @Shows(api = Api.OLLAMA_CHAT, value = Trait.ABORT)
    @Shows(api = Api.OPENAI_CHAT, value = Trait.ABORT)
    void decodingStopsWithinASecondOfTheClientLeaving(String path, boolean stream) throws Exception {
        assertFreed(RawRequest.post(path, SlowModel.endless(stream)));
    }

    @ParameterizedTest(name = "stream={0}")
    @ValueSource(booleans = {true, false})
    @Shows(api = Api.OPENAI_COMPLETIONS, value = Trait.ABORT)
    void aTextThatGoesOnStopsWithinASecondOfTheClientLeaving(boolean stream) throws Exception {
        Map<String, Object> body =
                Map.of("model", SlowModel.NAME, "prompt", "Go on for ever.", "max_tokens", 4000, "stream", stream);
        assertFreed(RawRequest.post("/v1/completions", Server.JSON.writeValueAsString(body)));
    }

    private void assertFreed(RawRequest request) throws Exception {
        long before = SlowModel.generated(server);
        Socket client = request.send(server);
        Await.until(
                PATIENCE,
                "the answer is being decoded",
                () -> SlowModel.running(server) == 1 && SlowModel.generated(server) > before);
        client.close();
        Await.until(SOON, "decoding has stopped", () -> SlowModel.running(server) == 0);
    }

    @Test
    @Shows(api = Api.OPENAI_EMBEDDINGS, value = Trait.ABORT)
    void vectorsStopWithinASecondOfTheClientLeaving() throws Exception {
        List<String> texts = Collections.nCopies(1000, "Go on for ever and ever. ".repeat(20));
        String body = Server.JSON.writeValueAsString(Map.of("model", SlowModel.NAME, "input", texts));
        Socket client = RawRequest.post("/v1/embeddings", body).send(server);
        Await.until(PATIENCE, "vectors are being computed", () -> SlowModel.running(server) > 0);
        client.close();
        Await.until(SOON, "computing has stopped", () -> SlowModel.running(server) == 0);
    }

    @Test
    void aConnectionThatStaysServesItsNextRequestAfterALongOne() throws Exception {
        try (Socket client = RawRequest.post("/api/chat", SlowModel.brief()).send(server)) {
            byte[] first = client.getInputStream().readNBytes(15);
            assertThat(new String(first, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200 OK");
            new RawRequest("GET", "/livez", Map.of(), "").write(client, server);
            Await.until(
                    PATIENCE,
                    "the second answer is there",
                    () -> client.getInputStream().available() > 0);
        }
    }
}
