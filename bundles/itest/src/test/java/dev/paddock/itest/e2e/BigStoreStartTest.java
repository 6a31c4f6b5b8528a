package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.gguf.GgmlType;
import dev.paddock.gguf.GgufWriter;
import dev.paddock.testkit.BigStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server on a store of 2,000 models and 10,000 blobs answers while housekeeping works. */
class BigStoreStartTest {
    private static final int MODELS = 2_000;
    /** Ten times what is promised, for slow and busy machines. */
    private static final Duration PROMISE = Duration.ofMillis(1_500).multipliedBy(10);

    @TempDir
    Path dir;

    @Test
    void thePortAnswersWhileAThousandModelsArePutInOrder() throws Exception {
        Path models = dir.resolve("models");
        BigStore.write(models, MODELS, BigStoreStartTest::weights);
        Path home = Files.createDirectory(dir.resolve("home"));
        int port = Server.freePort();
        long start = System.nanoTime();
        Process process = Server.launch(home, port, Map.of("PADDOCK_MODELS", models.toString()));
        try (var client = HttpClient.newHttpClient()) {
            Await.until(Duration.ofMinutes(1), "the port answers", () -> answers(client, port, "/livez"));
            Duration alive = Duration.ofNanos(System.nanoTime() - start);
            boolean worked = !Files.readString(home.resolve("out")).contains("storage housekeeping: models:");
            Await.until(Duration.ofMinutes(1), "housekeeping is done", () -> Files.readString(home.resolve("out"))
                    .contains("storage housekeeping: digests:"));
            System.out.printf(
                    "store of %d models: the port answered after %d ms, housekeeping %s then%n",
                    MODELS, alive.toMillis(), worked ? "was at work" : "was done");
            assertThat(alive).isLessThan(PROMISE);
            var tags = client.send(request(port, "/api/tags"), BodyHandlers.ofString());
            assertThat(Server.JSON.readTree(tags.body()).get("models")).hasSize(MODELS);
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static boolean answers(HttpClient client, int port, String path) throws InterruptedException {
        try {
            return client.send(request(port, path), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException nobodyAnswers) {
            return false;
        }
    }

    private static HttpRequest request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
    }

    private static byte[] weights(int number) {
        var out = new ByteArrayOutputStream();
        try {
            new GgufWriter()
                    .text("general.architecture", "llama")
                    .text("general.name", "number " + number)
                    .uint32("llama.context_length", 2048)
                    .tensor("t", GgmlType.Q8_0, List.of(64L, 20L), o -> o.write(ByteBuffer.allocate(20 * 68)))
                    .write(Channels.newChannel(out));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
