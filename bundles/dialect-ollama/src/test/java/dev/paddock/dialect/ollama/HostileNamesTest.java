package dev.paddock.dialect.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.dialect.kit.Json;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and digests that are meant to lead out of the store reach nobody behind the routes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileNamesTest {
    private static final String HEX = "0123456789abcdef".repeat(4);
    private static final List<String> NAMES = List.of(
            "../../etc/passwd",
            "..",
            "a/../b",
            "a/b/../../../c",
            "./m",
            ".m",
            "m:..",
            "m:.hidden",
            "m:../../x",
            "a/b/c/d",
            "/m",
            "/etc/passwd",
            "m:",
            ":m",
            "a//b",
            "-m",
            "h:5/m",
            "m@sha256:" + HEX,
            "m@latest",
            "m:sha256:" + HEX + "@x",
            "%2e%2e/%2e%2e/m",
            "m%00",
            "m\u0000",
            "m\u0000.gguf",
            "a\nb",
            "m\r\nX-Evil: 1",
            "m\ttab",
            "a b",
            "a\\b",
            "C:\\windows\\m",
            "m?x=1",
            "m#x",
            "m*",
            "$(id)",
            "`id`",
            "m;id",
            "~/m",
            "modèle",
            "m\u202Egnp",
            "\uFF0E\uFF0E\uFF0Fm",
            "m\uD800",
            "\uD83D\uDE42",
            "\u0130",
            "m".repeat(81),
            "n".repeat(81) + "/m",
            "m:" + "t".repeat(81),
            "h".repeat(351) + "/n/m",
            "m".repeat(50_000),
            "/".repeat(5_000),
            ":".repeat(5_000),
            "n.s/m",
            "https://../../m",
            "file:///etc/passwd");

    private OllamaFixture ollama;

    @BeforeAll
    void start() throws Exception {
        ollama = new OllamaFixture();
    }

    @AfterAll
    void stop() {
        ollama.close();
    }

    static Stream<String> names() {
        return NAMES.stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void noRouteTakesAHostileName(String name) throws Exception {
        refused("POST", "/api/pull", Map.of("model", name));
        refused("POST", "/api/pull", Map.of("model", name, "insecure", true, "stream", false));
        refused("POST", "/api/copy", Map.of("source", name, "destination", "fine"));
        refused("POST", "/api/copy", Map.of("source", "tiny", "destination", name));
        refused("DELETE", "/api/delete", Map.of("model", name));
        refused("POST", "/api/create", Map.of("model", name, "from", "tiny"));
        refused("POST", "/api/create", Map.of("model", "fine", "from", name));
        refused("POST", "/api/show", Map.of("model", name));
        refused("POST", "/api/release", Map.of("model", name));
        for (boolean stream : List.of(true, false)) {
            var pushed = ollama.post("/api/push", Json.write(Map.of("model", name, "stream", stream)));
            assertThat(pushed.body().strip()).endsWith("{\"error\":\"invalid model name\"}");
        }
        assertThat(ollama.transfer.asked).isEmpty();
        assertThat(ollama.store.recipes).isEmpty();
        assertThat(ollama.store.models).hasSize(1);
    }

    private void refused(String method, String path, Map<String, Object> body) throws Exception {
        var response = ollama.server.send(method, path, Json.write(body));
        assertThat(response.statusCode()).as("%s %s", path, response.body()).isEqualTo(400);
        assertThat(response.body()).contains("invalid");
        assertThat(response.headers().firstValue("X-Evil")).isEmpty();
    }

    /** Group 9 of the specification's cases. */
    @ParameterizedTest
    @ValueSource(strings = {"m", "a/b:c", "h/a/b:c", "h:5/a/b", "_m", "0", "a.b-c_d:E.f-g", "UPPER/case"})
    void whatIsANameIsTaken(String name) throws Exception {
        assertThat(ollama.post("/api/show", Json.write(Map.of("model", name))).statusCode())
                .isEqualTo(404);
        assertThat(ollama.server
                        .send("DELETE", "/api/delete", Json.write(Map.of("model", name)))
                        .statusCode())
                .isEqualTo(404);
        assertThat(ollama.post("/api/show", "{\"model\":\"TINY:LATEST\"}").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha256:0",
                "sha256:" + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde",
                "sha256:" + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0",
                "sha256:" + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeg",
                "SHA256:" + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "sha512:" + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "sha256:" + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef%00",
                "sha256:" + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef%0a",
                "sha256:" + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef-partial",
                "sha256:%2e%2e%2f%2e%2e%2fetc%2fpasswd",
                "%2e%2e%2fmanifests",
                "..%2f..%2fpaddock.pid",
                "sha256:../../0123456789abcdef0123456789abcdef0123456789abcdef0123456789a",
                "sha256;x=:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "%zz",
                "%73ha256:" + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
            })
    void noBlobIsLookedForOrStoredUnderAHostileDigest(String digest) throws Exception {
        for (String method : List.of("HEAD", "POST")) {
            assertThat(status(method, "/api/blobs/" + digest)).isBetween(400, 405);
        }
        assertThat(ollama.store.blobs.size()).isZero();
    }

    @Test
    void aDigestMayBeWrittenInEveryFormThatOllamaKnows() throws Exception {
        for (String form :
                List.of("sha256:" + HEX, "sha256-" + HEX, "sha256%3A" + HEX, "sha256:" + HEX.toUpperCase())) {
            assertThat(status("HEAD", "/api/blobs/" + form)).isEqualTo(404);
        }
    }

    /** As it stands on the line: a client of ours would correct it. */
    private int status(String method, String path) throws Exception {
        try (Socket socket = ollama.server.socket()) {
            socket.getOutputStream()
                    .write((method + " " + path
                                    + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
        }
    }
}
