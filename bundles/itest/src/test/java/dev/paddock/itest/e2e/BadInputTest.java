package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that are wrong get the right status and one clear sentence, and cost nobody else anything. */
@ExtendWith(SharedServer.class)
class BadInputTest {
    private static final List<Map<String, String>> HELLO = List.of(Map.of("role", "user", "content", "Hello!"));

    private final Server server;

    BadInputTest(Server server) {
        this.server = server;
    }

    @ParameterizedTest
    @CsvSource({"/api/chat", "/api/generate", "/v1/chat/completions"})
    void brokenJsonIsACallersError(String path) throws Exception {
        var answer = server.post(path, "{\"model\": \"starter\", ");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("error");
    }

    @Test
    void anUnknownModelIsNotFoundInEachDialectsForm() throws Exception {
        var ollama = server.post("/api/chat", json(Map.of("model", "nope", "messages", HELLO)));
        assertThat(ollama.statusCode()).isEqualTo(404);
        assertThat(ollama.body()).isEqualToIgnoringWhitespace("{\"error\":\"model 'nope' not found\"}");
        var openai = server.post("/v1/chat/completions", json(Map.of("model", "nope", "messages", HELLO)));
        assertThat(openai.statusCode()).isEqualTo(404);
        assertThat(Server.JSON
                        .readTree(openai.body())
                        .path("error")
                        .path("type")
                        .asString())
                .isEqualTo("not_found_error");
    }

    @Test
    void aBrokenGgufIsRefusedAtCreation(@TempDir Path directory) throws Exception {
        Path broken = directory.resolve("broken.gguf");
        byte[] bytes = new byte[4096];
        new Random(7).nextBytes(bytes);
        System.arraycopy("GGUF\3\0\0\0".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), 0, bytes, 0, 8);
        Files.write(broken, bytes);
        String digest = upload(broken);
        var answer = server.post(
                "/api/create",
                json(Map.of("model", "broken", "files", Map.of("broken.gguf", digest), "stream", false)));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("error");
    }

    @Test
    void contentThatIsNotWhatItsDigestSaysIsRefused(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("x"), "hello");
        assertThat(server.upload("/api/blobs/sha256:" + "0".repeat(64), file)).isEqualTo(400);
    }

    @Test
    void aPromptThatDoesNotFitIsRefusedWithBothNumbers() throws Exception {
        var answer = server.post(
                "/api/chat",
                json(Map.of(
                        "model",
                        "starter",
                        "messages",
                        List.of(Map.of("role", "user", "content", "word ".repeat(20_000))))));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).containsPattern("\\d{4,}").contains("context");
    }

    @Test
    void optionsOfTheWrongTypeAreNamed() throws Exception {
        var answer = server.post(
                "/api/chat", json(Map.of("model", "starter", "messages", HELLO, "options", Map.of("top_k", "many"))));
        assertThat(answer.statusCode()).isIn(400, 500);
        assertThat(answer.body()).contains("top_k");
    }

    @Test
    void pathsNobodyServesAreNotFound() throws Exception {
        assertThat(server.status("/api/nothing")).isEqualTo(404);
        assertThat(server.status("/v1/nothing")).isEqualTo(404);
        assertThat(server.status("/nothing")).isEqualTo(404);
    }

    private String upload(Path file) throws Exception {
        byte[] content = Files.readAllBytes(file);
        String digest = "sha256:"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        assertThat(server.upload("/api/blobs/" + digest, file)).isEqualTo(201);
        return digest;
    }

    private static String json(Object value) throws IOException {
        return Server.JSON.writeValueAsString(value);
    }
}
