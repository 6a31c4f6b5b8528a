package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Clients that give up at any moment leave nothing behind: no sequence, no cell, no place in the line. */
class AbortStormTest {
    private static final int REQUESTS = 1000;
    private static final int AT_ONCE = 16;
    private static final int LONGEST_MILLIS = 120;
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void aThousandAbortedRequestsLeaveNothingBehind() throws Exception {
        try (Server server = Server.start(Map.of())) {
            SlowModel.install(server);
            assertThat(server.post("/api/chat", SlowModel.brief()).statusCode()).isEqualTo(200);
            try (var clients = Executors.newFixedThreadPool(AT_ONCE)) {
                List<Callable<Void>> storm = new ArrayList<>();
                Random random = new Random(3);
                for (int i = 0; i < REQUESTS; i++) storm.add(abort(server, random.nextInt(), i));
                for (var done : clients.invokeAll(storm)) done.get();
            }
            Await.until(SOON, "every sequence has ended", () -> SlowModel.running(server) == 0);
            Await.until(SOON, "no cell belongs to a running sequence", () -> liveCells(server) == 0);
            assertThat(server.post("/api/chat", SlowModel.brief()).statusCode()).isEqualTo(200);
            assertThat(server.post("/v1/chat/completions", SlowModel.briefForOpenAi())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private static int liveCells(Server server) {
        JsonNode cache = SlowModel.facts(server).path("cache");
        return cache.path("live").asInt(-1);
    }

    /** A request that is given up after a random time: in the line, in its prompt, or in the middle of its answer. */
    private static Callable<Void> abort(Server server, int seed, int number) {
        return () -> {
            Random random = new Random(seed);
            String prompt = "Word " + number + ' ' + "and so on ".repeat(random.nextInt(200));
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                send(socket, server.port(), SlowModel.endless(prompt));
                linger(socket, random.nextInt(LONGEST_MILLIS));
            }
            return null;
        };
    }

    private static void send(Socket socket, int port, String body) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head = "POST /api/chat HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: %d\r\n\r\n"
                .formatted(port, content.length);
        OutputStream out = socket.getOutputStream();
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(content);
        out.flush();
    }

    /** Reads whatever comes for so long, as a client does that will hang up. */
    private static void linger(Socket socket, int millis) throws IOException {
        long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        InputStream in = socket.getInputStream();
        byte[] ignored = new byte[8192];
        for (long left = millis; left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            socket.setSoTimeout((int) left);
            try {
                if (in.read(ignored) < 0) return;
            } catch (java.net.SocketTimeoutException hangUpNow) {
                return;
            }
        }
    }
}
