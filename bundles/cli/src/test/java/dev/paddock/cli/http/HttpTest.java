package dev.paddock.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.settings.HostAddress;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTest {
    /** Sends a request to a server that answers with exactly these bytes and closes. */
    private static HttpAnswer answer(ServerSocket server, String raw) throws IOException {
        CompletableFuture.runAsync(() -> {
            try (Socket socket = server.accept()) {
                HttpAnswer.line(socket.getInputStream(), 1000);
                socket.getOutputStream().write(raw.getBytes(StandardCharsets.ISO_8859_1));
                socket.shutdownOutput();
                while (socket.getInputStream().read() >= 0) continue;
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        var http = new Http(HostAddress.parse("127.0.0.1:" + server.getLocalPort()), "test");
        return http.send(HttpRequest.of("GET", "/", 5_000));
    }

    private static ServerSocket server() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\na\nbcjunk",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n3;x=y\r\n\nbc\r\n0\r\n\r\n",
                "HTTP/1.0 200 OK\n\na\nbc",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200\r\nX: y\r\n\r\na\r\nbc",
            })
    void everyWayToEndABodyIsUnderstood(String raw) throws IOException {
        try (ServerSocket server = server();
                HttpAnswer answer = answer(server, raw)) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(new String(answer.line())).isEqualTo("a");
            assertThat(new String(answer.line())).isEqualTo("bc");
            assertThat(answer.line()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc",
            })
    void aBodyThatIsCutIsNeverTakenForWhole(String raw) throws IOException {
        try (ServerSocket server = server();
                HttpAnswer answer = answer(server, raw)) {
            assertThatThrownBy(() -> answer.bytes(100)).isInstanceOf(EOFException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SSH-2.0\r\n",
                "HTTP/2 200\r\n\r\n",
                "HTTP/1.1 999 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: y",
            })
    void whatIsNoHttpIsRefused(String raw) throws IOException {
        try (ServerSocket server = server()) {
            assertThatThrownBy(() -> answer(server, raw).close()).isInstanceOf(NotHttpException.class);
        }
    }

    @Test
    void endlessHeadersAreRefused() throws IOException {
        try (ServerSocket server = server()) {
            String raw = "HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(300);
            assertThatThrownBy(() -> answer(server, raw).close()).hasMessageContaining("headers");
        }
    }

    @Test
    void jsonIsReadAndWrittenWhole() {
        String text = "{\"a\":[1,2.5,\"x\",true,null,{\"b\":{}}],\"c\":\"\uD83D\uDE42\"}";
        var object = Json.object(text.getBytes(StandardCharsets.UTF_8));
        assertThat(new String(Json.bytes(object), StandardCharsets.UTF_8)).isEqualTo(text);
        assertThatThrownBy(() -> Json.object("[]".getBytes())).isInstanceOf(tools.jackson.core.JacksonException.class);
        assertThatThrownBy(() -> Json.object("{".getBytes())).isInstanceOf(tools.jackson.core.JacksonException.class);
    }
}
