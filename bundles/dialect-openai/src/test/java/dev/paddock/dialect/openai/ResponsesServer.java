package dev.paddock.dialect.openai;

import dev.paddock.api.inference.ChatRequest;
import dev.paddock.dialect.kit.Json;
import dev.paddock.dialect.kit.ScriptedInference;
import dev.paddock.dialect.kit.TestServer;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The API with scripted answers, a clock of its own, and ids that are counted: {@code resp_1}, {@code resp_2} ... */
final class ResponsesServer implements AutoCloseable {
    static final String PATH = "/v1/responses";

    final ScriptedInference inference = new ScriptedInference();
    private final AtomicInteger keys = new AtomicInteger();
    private final TestServer server;
    private volatile Instant now = Instant.ofEpochSecond(1_700_000_000);

    ResponsesServer() throws Exception {
        InstantSource clock = () -> now;
        var api = new OpenAiApi(
                inference,
                new OneModelStore(),
                new QuickSettings(),
                () -> String.valueOf(keys.incrementAndGet()),
                clock);
        server = new TestServer()
                .with(new OpenAiFront(), "/v1/*")
                .with(api, OpenAiApi.RESPONSES, OpenAiApi.RESPONSE)
                .start();
    }

    /** Time passes. */
    void pass(long seconds) {
        now = now.plusSeconds(seconds);
    }

    /** Asks the model "tiny"; the fields begin with their names. */
    HttpResponse<String> post(String fields) throws Exception {
        return server.send("POST", PATH, "{\"model\":\"tiny\"," + fields + "}");
    }

    /** {@link #post}, and it is answered. */
    Map<String, Object> create(String fields) throws Exception {
        return answered(post(fields));
    }

    HttpResponse<String> send(String method, String path, String body) throws Exception {
        return server.send(method, path, body);
    }

    HttpResponse<String> get(String path) throws Exception {
        return server.get(path);
    }

    TestServer server() {
        return server;
    }

    static Map<String, Object> answered(HttpResponse<String> response) {
        if (response.statusCode() != 200) throw new AssertionError(response.statusCode() + " " + response.body());
        return json(response.body());
    }

    static Map<String, Object> json(String text) {
        return Json.parseObject(text).orElseThrow(() -> new AssertionError("not a JSON object: " + text));
    }

    /** A request's last conversation. */
    ChatRequest asked() {
        return (ChatRequest) List.copyOf(inference.asked).getLast();
    }

    @Override
    public void close() {
        server.close();
    }
}
