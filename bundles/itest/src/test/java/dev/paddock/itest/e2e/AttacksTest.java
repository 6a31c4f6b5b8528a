package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.itest.Layout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What hostile clients send, and what is kept of requests. */
class AttacksTest {
    private static final String SECRET = "pk-0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";
    private static Server server;
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void start() throws Exception {
        server = Server.start(Map.of(), Map.of("dev.paddock.web", Map.of("capture", true)), Layout.install());
    }

    @AfterAll
    static void stop() {
        if (server != null) server.close();
        CLIENT.close();
    }

    private static HttpResponse<String> post(String path, String encoding, byte[] body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(server.address() + path))
                .header("Content-Encoding", encoding)
                .header("Authorization", "Bearer " + SECRET.replace("pk-", "xk-"))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    private static byte[] gzip(byte[] plain, int times) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < times; i++) out.write(plain);
        }
        return bytes.toByteArray();
    }

    @Test
    void aCompressedBodyIsReadAndAnsweredCompletely() throws Exception {
        byte[] body =
                "{\"model\":\"starter\",\"prompt\":\"Who are you?\",\"stream\":false}".getBytes(StandardCharsets.UTF_8);
        var answer = post("/api/generate", "gzip", gzip(body, 1));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("Paddock starter");
        assertThat(post("/api/generate", "gzip", body).statusCode()).isEqualTo(400);
        assertThat(post("/api/generate", "zstd", body).body()).contains("Content-Encoding: zstd is not read here");
    }

    /** 400 MB of blanks in 400 KB. */
    @ParameterizedTest
    @ValueSource(strings = {"/api/chat", "/v1/chat/completions", "/v1/messages", "/v1/responses"})
    void aBodyThatSwellsIsOverTheLimit(String path) throws Exception {
        byte[] bomb = gzip(" ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8), 400);
        var refused = post(path, "gzip", bomb);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(413);
    }

    @Test
    void hugeHeadersAreRefusedAndDisturbNobody() throws Exception {
        assertThat(raw("GET /api/tags HTTP/1.1\r\nHost: localhost\r\nX-Big: " + "a".repeat(100_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431");
        assertThat(raw("GET /" + "a".repeat(100_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 414");
        assertThat(server.status("/livez")).isEqualTo(200);
    }

    /** Static files are those of the bundles: nothing else of them, and nothing of this machine. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/chat/",
                "/",
                "/system/console/res/",
                "/system/console/paddock/res/",
                "/system/console/",
                "/api/blobs/"
            })
    void noPathLeadsOutOfWhatIsServed(String root) throws Exception {
        for (String trick : List.of(
                "../../../../etc/passwd",
                "..%2f..%2f..%2fetc%2fpasswd",
                "%2e%2e/%2e%2e/%2e%2e/etc/passwd",
                "..;/..;/etc/passwd",
                "..%5c..%5cetc%5cpasswd",
                "....//....//etc/passwd",
                "%252e%252e%252fetc/passwd",
                "%c0%ae%c0%ae/etc/passwd",
                "/etc/passwd",
                "META-INF/MANIFEST.MF",
                "../META-INF/MANIFEST.MF",
                "OSGI-INF/",
                "x%00.html",
                "file:///etc/passwd")) {
            String answer = raw("GET " + root + trick + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(answer)
                    .as(root + trick)
                    .doesNotContain("root:x:0", "Bundle-SymbolicName")
                    .matches("(?s)HTTP/1\\.1 (30\\d|40\\d|405) .*");
            assertThat(answer).as(root + trick).doesNotContain(server.home().toString());
        }
    }

    private static String raw(String request) throws IOException {
        try (var socket = new java.net.Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readNBytes(20_000), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void requestsAreLoggedWithoutPromptsAndCapturedWithoutSecrets() throws Exception {
        String prompt = "a prompt that is nobody's business " + SECRET;
        var request = HttpRequest.newBuilder(URI.create(server.address() + "/api/generate?key=hidden-in-the-query"))
                .header("Authorization", "Bearer hidden-in-a-header")
                .POST(BodyPublishers.ofString(
                        Server.JSON.writeValueAsString(Map.of("model", "starter", "prompt", prompt, "stream", false))))
                .build();
        HttpResponse<String> answer = CLIENT.send(request, BodyHandlers.ofString());
        String id = answer.headers().firstValue("X-Request-Id").orElseThrow();
        Path captured = server.home().resolve("captures/" + id + ".json");
        Await.until(java.time.Duration.ofSeconds(10), "it is captured", () -> Files.exists(captured));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(captured)))
                .isEqualTo("rw-------");
        JsonNode capture = Server.JSON.readTree(Files.readString(captured));
        assertThat(capture.path("body").asString()).contains("nobody's business pk-***");
        // The model may repeat what it was told.
        assertThat(capture.path("response").asString())
                .isEqualTo(answer.body().replaceAll("pk-[A-Za-z0-9_-]{16,}", "pk-***"));
        assertThat(capture.toString()).doesNotContain("hidden-in", SECRET);

        Path log = server.home().resolve("logs/access.jsonl");
        Await.until(java.time.Duration.ofSeconds(10), "it is logged", () -> Files.readString(log)
                .contains(id));
        String access = Files.readString(log);
        JsonNode line = access.lines()
                .map(Server.JSON::readTree)
                .filter(one -> one.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(line.path("path").asString()).isEqualTo("/api/generate");
        assertThat(line.path("status").asInt()).isEqualTo(200);
        assertThat(line.path("identity").asString()).isEqualTo("local");
        String all = access + Files.readString(server.home().resolve("logs/paddock.log"));
        assertThat(all).doesNotContain("nobody's business", "hidden-in", SECRET);
    }
}
