package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.itest.Layout;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests that are nearly right, to every route, against a server with the fake engine: each has an answer with a request
 * id, soon; a failure that is the server's says so clearly; nothing of the inside is in it; and the server is well
 * afterwards. A complaint names the number of the request: {@code -Dpaddock.fuzz.from=N -Dpaddock.fuzz.count=1} repeats it.
 */
class RouteFuzzTest {
    private static final int FROM = Integer.getInteger("paddock.fuzz.from", 0);
    private static final int COUNT = Integer.getInteger("paddock.fuzz.count", 20_000);
    private static final int AT_ONCE = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Traces of a bug: a stack trace, a class, a path of this machine. */
    private static final Pattern INSIDE = Pattern.compile(
            "\\n\\s*at [\\w.$]+\\(|(java|dev\\.paddock|tools\\.jackson|org\\.eclipse)\\.[\\w.]+(Exception|Error)"
                    + "|NullPointer|ClassCast|/root/|/tmp/|/home/|internal error");

    private static final Pattern MAKERS = Pattern.compile("/api/(delete|create|copy)");
    private static final Pattern STARTER = Pattern.compile("\"(model|name|destination)\":\"starter(:latest)?\"");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Seed> seeds = new ArrayList<>();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private final Map<Integer, AtomicInteger> statuses = new ConcurrentSkipListMap<>();
    private Map<String, List<Object>> fields;

    /** A request that is right, or would be if there were what it names. */
    private record Seed(String method, String path, Object body) {}

    @TempDir
    Path scratch;

    RouteFuzzTest() throws IOException {
        try (var lines = getClass().getResourceAsStream("/fuzz/seeds.jsonl")) {
            for (String line : new String(lines.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                Map<?, ?> seed = Server.JSON.readValue(line, Map.class);
                seeds.add(new Seed((String) seed.get("method"), (String) seed.get("path"), seed.get("body")));
            }
        }
        fields = Mutator.fields(seeds.stream().map(Seed::body).toList());
    }

    @Test
    void everyRequestHasAnAnswerAndTheServerIsWellAfterwards() throws Exception {
        Path install = Installation.copy(scratch.resolve("paddock"));
        Files.copy(Layout.testkit(), install.resolve("bundles/dev.paddock.testkit.jar"));
        for (Path plugin : Layout.plugins()) Installation.drop(plugin, install);
        // Nobody is called: what a name leads to is behind a proxy that is not there.
        Map<String, Map<String, Object>> configs = Map.of(
                "dev.paddock.transfer", Map.of("proxy", "http://127.0.0.1:1", "tries", 1, "connect.timeout", "1s"));
        try (Server server = Server.start(Map.of("PADDOCK_NUM_PARALLEL", "8"), configs, install)) {
            var next = new AtomicInteger(FROM);
            try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < AT_ONCE; i++)
                    pool.submit(() -> {
                        for (int n = next.getAndIncrement(); n < FROM + COUNT; n = next.getAndIncrement())
                            send(server, n);
                    });
            }
            System.out.println("statuses: " + new TreeMap<>(statuses));
            assertThat(complaints).isEmpty();
            assertWell(server);
        } finally {
            client.shutdownNow();
        }
    }

    private void assertWell(Server server) throws Exception {
        assertThat(server.status("/readyz")).isEqualTo(200);
        var answer = server.post(
                "/api/chat",
                "{\"model\":\"starter\",\"stream\":false,\"messages\":[{\"role\":\"user\",\"content\":\"fake:say=Well\"}]}");
        assertThat(answer.body()).contains("\"content\":\"Well\"");
        Await.until(
                PATIENCE,
                "nothing runs any more",
                () -> server.loaded("starter").at("/paddock/running").asInt(0) == 0);
    }

    private void send(Server server, int number) {
        Seed seed = seeds.get(number % seeds.size());
        var mutator = new Mutator(number, fields);
        byte[] body = seed.body() == null
                ? new byte[0]
                : mutator.bytes(Server.JSON.writeValueAsBytes(mutator.body(seed.body())));
        String method = mutator.method(seed.method());
        String path = mutator.path(seed.path());
        if (changesTheModel(path, body)) return;
        try {
            var request = HttpRequest.newBuilder(URI.create(server.address() + path))
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofByteArray(body))
                    .build();
            judge(number, method + " " + path, body, exchange(request));
        } catch (IOException e) {
            complain(number, method + " " + path, body, "no answer: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The model that all others use stays as it is. */
    private static boolean changesTheModel(String path, byte[] body) {
        return MAKERS.matcher(path).lookingAt()
                && STARTER.matcher(new String(body, StandardCharsets.UTF_8)).find();
    }

    /**
     * Once more when the connection was closed before: Jetty does so after a request that it could not read as HTTP, and any
     * server may.
     */
    private HttpResponse<String> exchange(HttpRequest request) throws IOException, InterruptedException {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (HttpTimeoutException e) {
            throw e;
        } catch (IOException closed) {
            return client.send(request, BodyHandlers.ofString());
        }
    }

    private void judge(int number, String request, byte[] body, HttpResponse<String> response) {
        int status = response.statusCode();
        statuses.computeIfAbsent(status, _ -> new AtomicInteger()).incrementAndGet();
        String text = response.body();
        if (unreadable(response)) return;
        boolean head = request.startsWith("HEAD");
        if (response.headers().firstValue("X-Request-Id").isEmpty())
            complain(number, request, body, status + " without a request id");
        if (status >= 400 && !head && text.length() < 10)
            complain(number, request, body, status + " without a message: " + text);
        boolean modelfile = status == 200 && request.contains(" /api/show");
        if (!modelfile && INSIDE.matcher(text).find())
            complain(number, request, body, status + " tells of the inside: " + text);
    }

    /** What Jetty cannot read as HTTP it refuses itself, before our edge. */
    private static boolean unreadable(HttpResponse<String> response) {
        boolean page = response.headers().firstValue("Content-Type").orElse("").startsWith("text/html");
        return response.statusCode() == 400
                && (page || response.body().isEmpty())
                && response.headers().firstValue("X-Request-Id").isEmpty();
    }

    private void complain(int number, String request, byte[] body, String what) {
        String shown = new String(body, StandardCharsets.UTF_8);
        complaints.add("#" + number + " " + request + " " + shown.substring(0, Math.min(400, shown.length())) + "\n  "
                + what.substring(0, Math.min(600, what.length())));
    }
}
