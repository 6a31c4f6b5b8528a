package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.itest.Layout;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Batches against a started server: they run through, go on after the server was killed, and can be cancelled. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenAiBatchesTest {
    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final int MANY = 40;

    private final HttpClient client = HttpClient.newHttpClient();
    private Server server;

    @BeforeAll
    void start() throws Exception {
        server = Server.start(
                Map.of(), Map.of("dev.paddock.dialect.openai.batches", Map.of("parallel", 1)), Layout.install());
    }

    @AfterAll
    void stop() {
        client.shutdownNow();
        server.close();
    }

    private static String line(String id, String url, Map<String, Object> body) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("custom_id", id);
        line.put("method", "POST");
        line.put("url", url);
        line.put("body", body);
        return Server.JSON.writeValueAsString(line) + "\n";
    }

    private static String stories() {
        return IntStream.range(0, MANY)
                .mapToObj(number -> line(
                        "story-" + number,
                        "/v1/chat/completions",
                        Map.of(
                                "model",
                                "starter",
                                "seed",
                                number,
                                "max_tokens",
                                40,
                                "messages",
                                List.of(Map.of("role", "user", "content", "Tell me a story.")))))
                .collect(Collectors.joining());
    }

    private String batch(String endpoint, String lines) throws Exception {
        String form = "--b\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n--b\r\n"
                + "Content-Disposition: form-data; name=\"file\"; filename=\"in.jsonl\"\r\n\r\n" + lines
                + "\r\n--b--\r\n";
        var upload = server.request("/v1/files")
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        var file = client.send(upload, HttpResponse.BodyHandlers.ofString());
        assertThat(file.statusCode()).as(file.body()).isEqualTo(200);
        return server.ask(
                        "/v1/batches",
                        Map.of(
                                "input_file_id",
                                Server.JSON.readTree(file.body()).path("id").asString(),
                                "endpoint",
                                endpoint,
                                "completion_window",
                                "24h"))
                .path("id")
                .asString();
    }

    private JsonNode get(String id) throws Exception {
        return Server.JSON.readTree(server.get("/v1/batches/" + id).body());
    }

    private int completed(String id) throws Exception {
        return get(id).at("/request_counts/completed").asInt();
    }

    private JsonNode await(String id, String status) {
        var last = new JsonNode[1];
        Await.until(PATIENCE, "the batch is " + status, () -> {
            last[0] = get(id);
            return last[0].path("status").asString().equals(status);
        });
        return last[0];
    }

    private List<String> content(JsonNode file) throws Exception {
        return server.get("/v1/files/" + file.asString() + "/content")
                .body()
                .lines()
                .toList();
    }

    private static Set<String> ids(List<String> lines) {
        Set<String> ids = new HashSet<>();
        for (String line : lines)
            assertThat(ids.add(Server.JSON.readTree(line).path("custom_id").asString()))
                    .as("once")
                    .isTrue();
        return ids;
    }

    @Test
    void itRunsThrough() throws Exception {
        Golden golden = Golden.named("who-are-you");
        String lines =
                line("a", "/v1/completions", Map.of("model", "starter", "prompt", golden.prompt(), "temperature", 0))
                        + line("b", "/v1/completions", Map.of("model", "nobody", "prompt", "x"));
        JsonNode batch = await(batch("/v1/completions", lines), "completed");
        assertThat(batch.path("request_counts").toString()).isEqualTo("{\"total\":2,\"completed\":1,\"failed\":1}");
        JsonNode good =
                Server.JSON.readTree(content(batch.path("output_file_id")).getFirst());
        assertThat(good.at("/response/body/choices/0/text").asString()).isEqualTo(golden.answer());
        JsonNode bad = Server.JSON.readTree(content(batch.path("error_file_id")).getFirst());
        assertThat(bad.at("/response/status_code").asInt()).isEqualTo(404);
        assertThat(bad.at("/response/body/error/code").asString()).isEqualTo("model_not_found");
    }

    @Test
    void itGoesOnAfterTheServerWasKilledAndDoesNothingTwice() throws Exception {
        String id = batch("/v1/chat/completions", stories());
        Await.until(PATIENCE, "two are answered", () -> completed(id) >= 2);
        server = server.killedAndStarted();
        Path results = server.home().resolve("openai/batches/" + id + ".results");
        List<String> before = Files.exists(results) ? Files.readAllLines(results) : List.of();
        JsonNode batch = await(id, "completed");
        List<String> output = content(batch.path("output_file_id"));
        assertThat(ids(output)).hasSize(MANY);
        assertThat(before.size()).isGreaterThanOrEqualTo(2);
        assertThat(output.subList(0, 2)).isEqualTo(before.subList(0, 2));
        assertThat(batch.path("request_counts").path("completed").asInt()).isEqualTo(MANY);
    }

    @Test
    void itIsCancelledWithWhatItHas() throws Exception {
        String id = batch("/v1/chat/completions", stories());
        Await.until(PATIENCE, "one is answered", () -> completed(id) >= 1);
        assertThat(server.post("/v1/batches/" + id + "/cancel", "").body()).contains("\"status\":\"cancelling\"");
        JsonNode batch = await(id, "cancelled");
        List<String> answered = content(batch.path("output_file_id"));
        List<String> rest = content(batch.path("error_file_id"));
        assertThat(answered).hasSizeBetween(1, MANY - 1);
        assertThat(rest).hasSize(MANY - answered.size()).allMatch(line -> line.contains("batch_cancelled"));
        Set<String> all = ids(answered);
        all.addAll(ids(rest));
        assertThat(all).hasSize(MANY);
    }
}
