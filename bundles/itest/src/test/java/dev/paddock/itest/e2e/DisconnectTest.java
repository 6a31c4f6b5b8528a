package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
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
        Socket client = send(path, SlowModel.endless(stream));
        Await.until(
                PATIENCE,
                "the answer is being decoded",
                () -> SlowModel.running(server) == 1 && SlowModel.generated(server) > before);
        client.close();
        Await.until(SOON, "decoding has stopped", () -> SlowModel.running(server) == 0);
    }

    @Test
    void aConnectionThatStaysServesItsNextRequestAfterALongOne() throws Exception {
        try (Socket client = send("/api/chat", SlowModel.brief())) {
            byte[] first = client.getInputStream().readNBytes(15);
            assertThat(new String(first, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200 OK");
            write(client, "GET", "/livez", "");
            Await.until(
                    PATIENCE,
                    "the second answer is there",
                    () -> client.getInputStream().available() > 0);
        }
    }

    private Socket send(String path, String body) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        write(socket, "POST", path, body);
        return socket;
    }

    private void write(Socket socket, String method, String path, String body) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        OutputStream out = socket.getOutputStream();
        String head = "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: %d\r\n\r\n"
                .formatted(method, path, server.port(), content.length);
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(content);
        out.flush();
    }
}
