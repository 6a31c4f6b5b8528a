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
    void optionsThatMakeNoSenseAreNamedAndAStreamBesideThemGoesOn() throws Exception {
        Golden long100 = Golden.named("count-100");
        String body =
                json(Map.of("model", "starter", "messages", long100.messages(), "options", Map.of("temperature", 0)));
        var text = new StringBuilder();
        try (var lines = server.stream("/api/chat", body).body()) {
            var reader = lines.iterator();
            text.append(content(reader.next()));
            for (var wrong : wrongOptions().entrySet()) {
                String options = "\"" + wrong.getKey() + "\": " + wrong.getValue();
                assertRefused(
                        "/api/chat",
                        "{\"model\":\"starter\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"options\":{"
                                + options + "}}",
                        wrong.getKey());
                String plain =
                        wrong.getKey().equals("num_predict") ? options.replace("num_predict", "max_tokens") : options;
                assertRefused(
                        "/v1/chat/completions",
                        "{\"model\":\"starter\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]," + plain + "}",
                        plain.substring(1, plain.indexOf('"', 1)));
                if (reader.hasNext()) text.append(content(reader.next()));
            }
            while (reader.hasNext()) text.append(content(reader.next()));
        }
        assertThat(text).hasToString(long100.answer());
    }

    /** Each with a value that is wrong, as JSON. */
    private static Map<String, String> wrongOptions() {
        String stops = "[" + "\"x\",".repeat(9_999) + "\"x\"]";
        return Map.of(
                "num_predict", "-7",
                "top_k", "100000",
                "temperature", "1e999",
                "top_p", "-0.5",
                "stop", stops,
                "logit_bias", "{\"100000\": 1}",
                "mirostat", "3",
                "dry_penalty_last_n", "-2");
    }

    @Test
    void aNumberThatIsNoneIsNoJson() throws Exception {
        assertRefused(
                "/api/chat",
                "{\"model\":\"starter\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"options\":{\"top_p\":NaN}}",
                "JSON");
    }

    @Test
    void aModelWithAnAdapterThatNobodySentIsNotMade() throws Exception {
        String digest = "sha256:" + "1".repeat(64);
        var answer = server.post(
                "/api/create",
                json(Map.of("model", "odd", "from", "starter", "adapters", Map.of("a.gguf", digest), "stream", false)));
        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(answer.body()).contains("error");
        assertThat(server.status("/v1/models/odd")).isEqualTo(404);
    }

    private void assertRefused(String path, String body, String name) throws Exception {
        var answer = server.post(path, body);
        assertThat(answer.statusCode()).as("%s: %s", name, answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains(name).contains("error");
    }

    private static String content(String line) {
        var part = Server.JSON.readTree(line);
        assertThat(part.has("error")).as(line).isFalse();
        return part.path("message").path("content").asString("");
    }

    @Test
    void theSlashOfANameMayBeEncoded() throws Exception {
        var response = server.get("/v1/models/some%2Fmodel");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("model 'some/model' not found");
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
