package dev.paddock.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;

/** Listens on a free port and answers every connection with the same bytes. */
final class FakeHttpServer implements AutoCloseable {
    private final ServerSocket socket;

    FakeHttpServer(String answer) throws IOException {
        socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!socket.isClosed()) {
                try (var connection = socket.accept()) {
                    connection.getInputStream().read(new byte[1024]);
                    connection.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                } catch (IOException _) {
                    // the caller went away, or the test is over
                }
            }
        });
    }

    /** An answer with status 200 and a body. */
    static FakeHttpServer withBody(String headers, String body) throws IOException {
        return new FakeHttpServer(
                "HTTP/1.1 200 OK\r\n" + headers + "Content-Type: application/json\r\n\r\n" + body + "\n");
    }

    InetSocketAddress address() {
        return new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
    }

    String authority() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
