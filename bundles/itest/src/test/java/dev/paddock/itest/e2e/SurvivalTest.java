package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens when processes die. */
class SurvivalTest {
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
    void aKilledRunnerFailsItsRequestCleanlyAndTheNextOneWorks() throws Exception {
        var answer = server.stream("/api/chat", SlowModel.endless(true));
        assertThat(answer.statusCode()).isEqualTo(200);
        try (var lines = answer.body()) {
            var reader = lines.iterator();
            reader.next();
            ProcessHandle.of(SlowModel.runner(server)).orElseThrow().destroyForcibly();
            String last = "";
            while (reader.hasNext()) last = reader.next();
            assertThat(Server.JSON.readTree(last).path("error").asString()).contains("runner");
            assertThat(last).doesNotContain("\"done\":true");
        }
        assertThat(server.post("/api/chat", SlowModel.brief()).statusCode()).isEqualTo(200);
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
        assertThat(server.process().waitFor()).isIn(0, 143);
        Await.until(Duration.ofSeconds(2), "all children are gone", () -> children.stream()
                .noneMatch(ProcessHandle::isAlive));
        assertThat(server.home().resolve("paddock.pid")).doesNotExist();
    }
}
