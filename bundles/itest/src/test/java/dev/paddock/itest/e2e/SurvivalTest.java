package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens when processes die. */
class SurvivalTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Server server;

    @BeforeEach
    void start() throws Exception {
        server = Server.start(Map.of());
        SlowModel.install(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aKilledRunnerIsReplacedAndItsAnswerGoesOn() throws Exception {
        try (var lines = server.stream("/api/chat", SlowModel.endless(true)).body()) {
            var reader = lines.iterator();
            reader.next();
            long killed = kill();
            for (int i = 0; i < 200; i++) assertThat(reader.next()).doesNotContain("error");
            assertThat(SlowModel.runner(server)).isPositive().isNotEqualTo(killed);
        }
    }

    @Test
    void aModelThatKeepsKillingItsRunnersIsHeldBackUntilItIsReleased() throws Exception {
        try (var lines = server.stream("/api/chat", SlowModel.endless(true)).body()) {
            var reader = lines.iterator();
            for (int deaths = 0; deaths < 3; deaths++) {
                reader.next();
                long killed = kill();
                if (deaths < 2) Await.until(PATIENCE, "a new runner is there", () -> isNew(killed));
            }
            String last = "";
            while (reader.hasNext()) last = reader.next();
            assertThat(Server.JSON.readTree(last).path("error").asString()).contains("3 times");
            assertThat(last).doesNotContain("\"done\":true");
        }
        assertThat(server.get("/api/ps").body()).contains("quarantined", "slow");
        assertThat(paddock(0, "ps")).contains("slow:latest is in quarantine", "3 times", "paddock release slow");
        var refused = server.post("/api/chat", SlowModel.brief());
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0)).isGreaterThan(60);
        assertThat(paddock(0, "release", "slow")).contains("slow is released");
        assertThat(paddock(0, "ps")).doesNotContain("quarantine");
        assertThat(paddock(1, "release", "slow")).contains("slow is not in quarantine");
        assertThat(paddock(1, "release", "nope")).contains("model 'nope' not found");
        assertThat(server.post("/api/chat", SlowModel.brief()).statusCode()).isEqualTo(200);
    }

    private String paddock(int code, String... arguments) throws Exception {
        Process process = Server.command(server.home(), server.port(), Map.of(), arguments)
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(code);
        return said;
    }

    private long kill() {
        long pid = SlowModel.runner(server);
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        return pid;
    }

    private boolean isNew(long killed) {
        long pid = SlowModel.runner(server);
        return pid > 0 && pid != killed && SlowModel.running(server) > 0;
    }

    @Test
    void aServerKilledHardTakesItsRunnersAlong() throws Exception {
        assertThat(server.post("/api/chat", SlowModel.brief()).statusCode()).isEqualTo(200);
        var runner = ProcessHandle.of(SlowModel.runner(server)).orElseThrow();
        server.process().destroyForcibly();
        Await.until(Duration.ofSeconds(2), "the runner is gone", () -> !runner.isAlive());
    }

    @Test
    void aServerKilledWhileItGeneratesTakesItsRunnersAlong() throws Exception {
        try (var lines = server.stream("/api/chat", SlowModel.endless(true)).body()) {
            lines.iterator().next();
            var runner = ProcessHandle.of(SlowModel.runner(server)).orElseThrow();
            server.process().destroyForcibly();
            Await.until(Duration.ofSeconds(2), "the runner is gone", () -> !runner.isAlive());
        }
    }

    @Test
    void anOrderlyStopLeavesNoProcessAndNoSocket() throws Exception {
        assertThat(server.post("/api/chat", SlowModel.brief()).statusCode()).isEqualTo(200);
        List<ProcessHandle> children = server.process().descendants().toList();
        server.process().destroy();
        assertThat(server.process().waitFor()).isZero();
        Await.until(Duration.ofSeconds(2), "all children are gone", () -> children.stream()
                .noneMatch(ProcessHandle::isAlive));
        assertThat(server.home().resolve("paddock.pid")).doesNotExist();
    }
}
