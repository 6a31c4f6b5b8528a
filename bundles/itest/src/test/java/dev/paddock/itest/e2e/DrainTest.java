package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.itest.Layout;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a server ends: what it has begun is finished, what comes is refused, and nothing of it is left. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DrainTest {
    private static final int STREAMS = 16;
    private static final int TOKENS = 60;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static Server start() throws Exception {
        // Other work on the machine must not turn what is shown here into a matter of time.
        Server server =
                Server.start(Map.of(), Map.of("dev.paddock.drain", Map.of("drain.timeout", "2m")), Layout.install());
        SlowModel.install(server);
        return server;
    }

    private static List<String> stream(Server server, int tokens) throws Exception {
        try (var lines = server.stream("/api/chat", SlowModel.chat("Go on for ever.", true, tokens))
                .body()) {
            return lines.toList();
        }
    }

    @Test
    void streamsAreFinishedWholeAndNewOnesRefusedWhenTheServerIsToldToStop() throws Exception {
        try (Server server = start();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(server.post("/api/chat", SlowModel.brief()).statusCode()).isEqualTo(200);
            List<Future<List<String>>> answers = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) answers.add(threads.submit(() -> stream(server, TOKENS)));
            Await.until(
                    PATIENCE, "all are there", () -> inside(server, "running") + inside(server, "queued") == STREAMS);
            assertThat(answers).noneMatch(Future::isDone);

            server.process().destroy();
            Await.until(PATIENCE, "the server is not ready", () -> server.status("/readyz") == 503);
            assertThat(answers).as("they still run").anyMatch(answer -> !answer.isDone());
            assertRefused(server, "/api/generate", Map.of("model", "starter", "prompt", "x"), "\"error\":\"");
            var messages = List.of(Map.of("role", "user", "content", "x"));
            assertRefused(
                    server,
                    "/v1/chat/completions",
                    Map.of("model", "starter", "messages", messages),
                    "\"error\":{\"message\":");
            assertRefused(
                    server,
                    "/v1/messages",
                    Map.of("model", "starter", "max_tokens", 9, "messages", messages),
                    "\"type\":\"error\"");
            for (var answer : answers) assertWhole(answer.get(1, TimeUnit.MINUTES));
            assertThat(server.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(server.process().exitValue()).as(server.output()).isZero();
        }
    }

    private static int inside(Server server, String where) throws Exception {
        return Server.JSON
                .readTree(server.get("/api/activity").body())
                .path(where)
                .size();
    }

    private static void assertRefused(Server server, String path, Map<String, Object> body, String form)
            throws Exception {
        var refused = server.post(path, Server.JSON.writeValueAsString(body));
        assertThat(refused.statusCode()).as("%s: %s", path, refused.body()).isIn(503, 529);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(refused.body().replaceAll("\\s", "")).contains(form);
        assertThat(refused.body()).contains("stopping");
    }

    private static void assertWhole(List<String> lines) throws Exception {
        var last = Server.JSON.readTree(lines.getLast());
        assertThat(last.path("done").asBoolean()).as("%s", last).isTrue();
        assertThat(last.path("eval_count").asInt()).isEqualTo(TOKENS);
    }

    @Test
    void aSecondSignalEndsTheServerAtOnceAndItsRunnersToo() throws Exception {
        try (Server server = start();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var _ = threads.submit(() -> stream(server, 2000));
            Await.until(PATIENCE, "it runs", () -> inside(server, "running") == 1);
            var runner = runner(server);
            server.process().destroy();
            Await.until(PATIENCE, "the server is not ready", () -> server.status("/readyz") == 503);
            server.process().destroy();
            assertThat(server.process().waitFor(2, TimeUnit.SECONDS)).isTrue();
            assertThat(server.process().exitValue()).isEqualTo(143);
            assertGone(runner);
        }
    }

    @Test
    void noRunnerOutlivesAServerThatIsKilledAndTheNextStartCleansUp() throws Exception {
        Server server = start();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Server killed = server;
            var _ = threads.submit(() -> stream(killed, 2000));
            Await.until(PATIENCE, "it runs", () -> inside(killed, "running") == 1);
            var runner = runner(killed);
            killed.process().destroyForcibly().waitFor();
            assertGone(runner);
            assertThat(killed.home().resolve("paddock.pid")).as("what it left").exists();
            server = killed.killedAndStarted();
            assertThat(server.post("/api/chat", SlowModel.brief()).statusCode()).isEqualTo(200);
            assertThat(SlowModel.runner(server)).isPositive().isNotEqualTo(runner.pid());
        } finally {
            server.close();
        }
    }

    private static ProcessHandle runner(Server server) {
        return ProcessHandle.of(SlowModel.runner(server)).orElseThrow();
    }

    private static void assertGone(ProcessHandle runner) {
        Await.until(Duration.ofSeconds(2), "the runner is gone", () -> !runner.isAlive());
    }

    @Test
    void theOwnerDrainsAndOpensAgainByCommand() throws Exception {
        try (Server server = start();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answer = threads.submit(() -> stream(server, 100));
            Await.until(PATIENCE, "it runs", () -> inside(server, "running") == 1);
            assertThat(paddock(server, "drain", "--wait")).isZero();
            assertThat(Server.JSON
                            .readTree(answer.get(20, TimeUnit.SECONDS).getLast())
                            .path("eval_count")
                            .asInt())
                    .isEqualTo(100);
            assertThat(server.status("/readyz")).isEqualTo(503);
            assertThat(server.status("/livez")).isEqualTo(200);
            assertThat(server.status("/api/tags"))
                    .as("what is no work is answered")
                    .isEqualTo(200);
            assertThat(server.get("/metrics").body()).contains("paddock_draining 1.0");
            assertThat(paddock(server, "drain", "--undo")).isZero();
            assertThat(server.status("/readyz")).isEqualTo(200);
            assertThat(server.post("/api/chat", SlowModel.brief()).statusCode()).isEqualTo(200);
        }
    }

    private static int paddock(Server server, String... words) throws IOException, InterruptedException {
        var process = Server.command(server.home(), server.port(), Map.of(), words)
                .redirectErrorStream(true)
                .redirectOutput(server.home().resolve("command.out").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
