package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A runner that is killed under its streams: the clients see a pause and nothing else. */
class ResumeTest {
    private static final int KILLS = 20;
    private static final int STREAMS = 8;
    private static final int LATEST_KILL_MILLIS = 150;
    private static final Duration RESTART = Duration.ofSeconds(20);

    private final Random random = new Random(9);

    @Test
    void everyStreamFinishesWithTheTextOfAnUndisturbedRun() throws Exception {
        // So many deaths in a row would otherwise put the model into quarantine, as they should.
        try (Server server = Server.start(Map.of("PADDOCK_QUARANTINE_DEATHS", "1000"));
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Golden> prompts = List.of(Golden.named("count-100"), Golden.named("story"));
            List<String> undisturbed = new ArrayList<>();
            for (Golden prompt : prompts) undisturbed.add(answer(server, prompt, new CountDownLatch(1)));
            int resumed = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                long pid = runner(server);
                var started = new CountDownLatch(1);
                var streams = start(server, prompts, clients, started);
                assertThat(started.await(RESTART.toSeconds(), TimeUnit.SECONDS)).isTrue();
                TimeUnit.MILLISECONDS.sleep(random.nextInt(LATEST_KILL_MILLIS));
                ProcessHandle.of(pid).orElseThrow().destroyForcibly();
                for (int i = 0; i < STREAMS; i++) {
                    assertThat(streams.get(i).get())
                            .as("stream %d after kill %d", i, kill)
                            .isEqualTo(undisturbed.get(i % prompts.size()));
                }
                Await.until(RESTART, "another runner is there", () -> runner(server) != pid && runner(server) > 0);
                resumed += server.output().contains("resum") ? 1 : 0;
            }
            assertThat(resumed)
                    .as("rounds in which answers really went on elsewhere")
                    .isPositive();
        }
    }

    private static List<Future<String>> start(
            Server server, List<Golden> prompts, ExecutorService clients, CountDownLatch started) {
        List<Future<String>> streams = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            Golden prompt = prompts.get(i % prompts.size());
            Callable<String> client = () -> answer(server, prompt, started);
            streams.add(clients.submit(client));
        }
        return streams;
    }

    private static String answer(Server server, Golden prompt, CountDownLatch started) throws Exception {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", "starter");
        body.put("messages", prompt.messages());
        body.put("options", Map.of("temperature", 0, "num_predict", 600));
        StringBuilder text = new StringBuilder();
        boolean done = false;
        try (var lines =
                server.stream("/api/chat", Server.JSON.writeValueAsString(body)).body()) {
            for (String line : (Iterable<String>) lines::iterator) {
                started.countDown();
                JsonNode part = Server.JSON.readTree(line);
                assertThat(part.path("error").isMissingNode()).as(line).isTrue();
                text.append(part.path("message").path("content").asString(""));
                done = part.path("done").asBoolean(false);
            }
        }
        assertThat(done).as("the stream of %s has its end", prompt).isTrue();
        return text.toString();
    }

    private static long runner(Server server) {
        return server.loaded("starter").path("paddock").path("pid").asLong(-1);
    }
}
