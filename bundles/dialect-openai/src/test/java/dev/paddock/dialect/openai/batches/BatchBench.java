package dev.paddock.dialect.openai.batches;

import dev.paddock.api.inference.ChatRequest;
import dev.paddock.dialect.kit.ScriptedInference;
import dev.paddock.dialect.kit.TestServer;
import java.lang.annotation.Annotation;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server with files and batches, its home and its clock in the hands of a test. */
final class BatchBench implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder().build();

    final ScriptedInference inference = new ScriptedInference();
    final AtomicReference<Instant> now = new AtomicReference<>(Instant.ofEpochSecond(1_800_000_000));
    private final Path home;
    private BatchesApi api;
    private TestServer server;

    BatchBench(Path home) throws Exception {
        this.home = home;
        start();
    }

    /** Starts what {@link #stop} stopped, on the same home. */
    void start() throws Exception {
        InstantSource clock = now::get;
        api = new BatchesApi(inference, home, clock, new SmallSettings());
        server = new TestServer()
                .with(api, "/v1/files", "/v1/files/*", "/v1/batches", "/v1/batches/*")
                .start();
    }

    void stop() {
        api.stop();
        server.close();
    }

    @Override
    public void close() {
        stop();
    }

    /** So many chat requests, named {@code r1}, {@code r2} and so on; each asks its own name. */
    static String lines(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> line("r" + number, "r" + number))
                .collect(Collectors.joining());
    }

    static String line(String id, String text) {
        return "{\"custom_id\":\"" + id + "\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":"
                + "{\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}}\n";
    }

    /** What a chat request asks. */
    static String question(Object asked) {
        return ((ChatRequest) asked).messages().getFirst().content();
    }

    HttpResponse<String> form(String purpose, String content) throws Exception {
        server.sending("Content-Type", "multipart/form-data; boundary=xyz");
        String body = "--xyz\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\n" + purpose
                + "\r\n--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"in.jsonl\"\r\n\r\n" + content
                + "\r\n--xyz--\r\n";
        return server.send("POST", "/v1/files", body);
    }

    String upload(String content) throws Exception {
        return JSON.readTree(form("batch", content).body()).path("id").asString();
    }

    HttpResponse<String> send(String method, String path, String body) throws Exception {
        return server.send(method, path, body);
    }

    JsonNode get(String path) throws Exception {
        return JSON.readTree(server.get(path).body());
    }

    /** Asks for a batch of these lines. */
    String batch(String content) throws Exception {
        var answer = send(
                "POST",
                "/v1/batches",
                "{\"input_file_id\":\"" + upload(content) + "\",\"endpoint\":\"/v1/chat/completions\","
                        + "\"completion_window\":\"24h\",\"metadata\":{\"a\":\"b\"}}");
        if (answer.statusCode() != 200) throw new AssertionError(answer.body());
        return JSON.readTree(answer.body()).path("id").asString();
    }

    /** Waits until the batch has that status, and gives it. */
    JsonNode await(String batch, String status) throws Exception {
        while (true) {
            JsonNode json = get("/v1/batches/" + batch);
            if (json.path("status").asString().equals(status)) return json;
            Thread.onSpinWait();
        }
    }

    /** A file's lines; empty when there is no file. */
    List<JsonNode> content(JsonNode id) throws Exception {
        if (id.isNull()) return List.of();
        String text = server.get("/v1/files/" + id.asString() + "/content").body();
        return text.lines().map(JSON::readTree).toList();
    }

    /** Small limits. */
    static class SmallSettings implements BatchesApi.Config {
        @Override
        public String file_limit() {
            return "64k";
        }

        @Override
        public String files_quota() {
            return "200k";
        }

        @Override
        public String retention() {
            return "48h";
        }

        @Override
        public int lines_limit() {
            return 20;
        }

        @Override
        public String line_limit() {
            return "1k";
        }

        @Override
        public int parallel() {
            return 2;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return BatchesApi.Config.class;
        }
    }
}
