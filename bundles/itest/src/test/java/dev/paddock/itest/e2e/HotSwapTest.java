package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.itest.Layout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Bundles come and go through Gogo while answers stream. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HotSwapTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** OpenAI's alone; a GET is told that it wants another method when it is there. */
    private static final String ROUTE = "/v1/chat/completions";

    private static final int THERE = 405;
    private static final String OPENAI = "dev.paddock.dialect-openai";

    private Server server;

    @BeforeAll
    void start() throws Exception {
        server = Server.start(Map.of());
        SlowModel.install(server);
        assertThat(server.post("/api/chat", SlowModel.brief()).statusCode()).isEqualTo(200);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void aDialectIsStoppedStartedRemovedAndInstalledWhileTheOtherStreams() throws Exception {
        var undisturbed = server.post("/api/chat", answer(false));
        String expected = Server.JSON
                .readTree(undisturbed.body())
                .path("message")
                .path("content")
                .asString();
        var streamed = CompletableFuture.supplyAsync(this::join);
        Await.until(PATIENCE, "the stream runs", () -> SlowModel.running(server) == 1);
        List<String> others = bundlesAndStates();

        for (boolean once = false; !once || !streamed.isDone(); once = true) {
            swap();
            assertThat(once || !streamed.isDone())
                    .as("still streaming after the first round")
                    .isTrue();
        }
        assertThat(streamed.get()).isEqualTo(expected);
        assertThat(bundlesAndStates()).as("no other bundle was touched").isEqualTo(others);
    }

    private void swap() throws Exception {
        server.gogo("felix:stop " + id());
        assertThat(server.status(ROUTE)).isIn(404, 503);
        server.gogo("felix:start " + id());
        Await.until(PATIENCE, "the dialect is back", () -> server.status(ROUTE) == THERE);
        server.gogo("felix:uninstall " + id());
        assertThat(server.status(ROUTE)).isIn(404, 503);
        server.gogo("felix:start " + bundle().toUri());
        Await.until(PATIENCE, "the dialect is installed again", () -> server.status(ROUTE) == THERE);
    }

    private static String answer(boolean stream) {
        return SlowModel.endless(stream).replace("4000", "400");
    }

    private String join() {
        StringBuilder text = new StringBuilder();
        try (var lines = server.stream("/api/chat", answer(true)).body()) {
            lines.map(Server.JSON::readTree)
                    .forEach(l -> text.append(l.path("message").path("content").asString("")));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    private String id() throws Exception {
        var matcher = Pattern.compile("(\\d+)\\|[^|]*\\|[^|]*\\|" + Pattern.quote(OPENAI))
                .matcher(server.gogo("felix:lb -s"));
        assertThat(matcher.find()).as("bundle in the list").isTrue();
        return matcher.group(1);
    }

    /** Every other bundle with its state, as the shell lists it. */
    private List<String> bundlesAndStates() throws Exception {
        return server.gogo("felix:lb -s")
                .lines()
                .filter(l -> l.contains("|") && !l.contains(OPENAI))
                .toList();
    }

    private static Path bundle() throws Exception {
        return Layout.bundles().stream()
                .filter(b -> b.getFileName().toString().contains("dialect-openai"))
                .findFirst()
                .orElseThrow();
    }
}
