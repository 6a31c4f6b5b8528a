package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void decodingStopsWithinASecondOfTheClientLeaving(String path, boolean stream) throws Exception {
        long before = SlowModel.generated(server);
        Socket client = RawRequest.post(path, SlowModel.endless(stream)).send(server);
        Await.until(
                PATIENCE,
                "the answer is being decoded",
                () -> SlowModel.running(server) == 1 && SlowModel.generated(server) > before);
        client.close();
        Await.until(SOON, "decoding has stopped", () -> SlowModel.running(server) == 0);
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
