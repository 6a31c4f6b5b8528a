package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.itest.Layout;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A server that is killed again and again while it pulls from a real registry. */
class PullKillTest {
    private static final int KILLS = 20;
    private static final int SIZE = 300_000_000;

    @TempDir
    Path dir;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private DockerRegistry registry;
    private Process process;
    private int port;

    @BeforeEach
    void start() throws Exception {
        registry = DockerRegistry.start();
    }

    @AfterEach
    void stop() throws Exception {
        if (process != null) process.destroyForcibly().waitFor();
        if (registry != null) registry.close();
        client.shutdownNow();
    }

    @Test
    void aPullGoesOnAfterEachOfTwentyKillsAndLosesNothingThatWasTold() throws Exception {
        Path filler = filler();
        String digest = digest(filler);
        publish(filler, digest);
        var random = new Random(20);
        List<Long> offsets = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            begin("60m");
            long more = 1 + random.nextLong(2L * SIZE / (KILLS + 2) - 1);
            long told = killedAfter(Math.min(begun(digest) + more, SIZE - 1), digest);
            assertThat(begun(digest))
                    .as("what came of " + told + " bytes that were told of")
                    .isGreaterThanOrEqualTo(told);
            offsets.add(told);
        }
        System.out.println("a pull whose server was killed at " + offsets);
        assertThat(offsets).isSorted();
        begin("0");
        List<String> last = pull(digest, Long.MAX_VALUE).map(JsonNode::toString).toList();
        assertThat(last.getLast()).contains("\"status\":\"success\"");
        Path blob = blobs().resolve(digest.replace(':', '-'));
        assertThat(digest(blob)).isEqualTo(digest);
        try (var files = Files.list(blobs())) {
            assertThat(files.map(f -> f.getFileName().toString())).noneMatch(n -> n.contains("partial"));
        }
    }

    private void begin(String rate) throws Exception {
        Path home = Files.createDirectories(dir.resolve("home"));
        port = Server.freePort();
        process = Server.launch(
                home, port, Map.of("PADDOCK_PRIVATE_NETWORKS", "loopback", "PADDOCK_TRANSFER_RATE", rate));
        Await.until(Duration.ofMinutes(1), "the server answers", this::answers);
    }

    private boolean answers() throws InterruptedException {
        try {
            var asked = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz"))
                    .build();
            return client.send(asked, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException nobodyAnswers) {
            return false;
        }
    }

    /** What the server told last before it was killed. */
    private long killedAfter(long offset, String digest) throws Exception {
        long[] told = {0};
        pull(digest, offset).forEach(line -> told[0] = Math.max(told[0], completed(line, digest)));
        assertThat(process.waitFor()).as("killed").isEqualTo(128 + 9);
        assertThat(told[0]).isGreaterThanOrEqualTo(offset);
        return told[0];
    }

    /** The lines of a pull; the server is killed when one tells of so many bytes. */
    private Stream<JsonNode> pull(String digest, long offset) throws Exception {
        String body = "{\"model\":\"" + registry.host() + "/ns/killed\",\"insecure\":true}";
        var asked = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/pull"))
                .POST(BodyPublishers.ofString(body))
                .build();
        List<JsonNode> lines = new ArrayList<>();
        try (var answer = client.send(asked, BodyHandlers.ofLines()).body()) {
            answer.map(Server.JSON::readTree).forEach(line -> {
                assertThat(line.has("error")).as(line.toString()).isFalse();
                lines.add(line);
                if (completed(line, digest) >= offset) process.toHandle().destroyForcibly();
            });
        } catch (UncheckedIOException e) {
            assertThat(offset).as("the stream broke: " + e).isLessThan(Long.MAX_VALUE);
        }
        return lines.stream();
    }

    private static long completed(JsonNode line, String digest) {
        boolean ours = line.path("digest").asString("").equals(digest);
        return ours ? line.path("completed").asLong(0) : 0;
    }

    private Path blobs() {
        return dir.resolve("home/models/blobs");
    }

    /** What the next server will find. */
    private long begun(String digest) throws IOException {
        if (!Files.isDirectory(blobs())) return 0;
        long sum = 0;
        try (var files = Files.newDirectoryStream(blobs(), digest.replace(':', '-') + "-partial-*")) {
            for (Path file : files)
                sum += Server.JSON
                        .readTree(Files.readString(file))
                        .path("Completed")
                        .asLong();
        }
        return sum;
    }

    private Path filler() throws IOException {
        Path file = dir.resolve("filler");
        byte[] block = new byte[1_000_000];
        var random = new Random(7);
        try (var out = Files.newOutputStream(file)) {
            for (int at = 0; at < SIZE; at += block.length) {
                random.nextBytes(block);
                out.write(block);
            }
        }
        return file;
    }

    /** The starter model with something large beside it. */
    private void publish(Path filler, String digest) throws Exception {
        Path starter = Layout.install().resolve("starter/starter.gguf");
        Path config =
                Files.writeString(dir.resolve("config"), "{\"model_format\":\"gguf\",\"model_family\":\"llama\"}");
        String manifest = """
                {"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v2+json","config":%s,"layers":[%s,%s]}
                """.formatted(
                        upload(config, digest(config), "application/vnd.docker.container.image.v1+json"),
                        upload(starter, digest(starter), "application/vnd.ollama.image.model"),
                        upload(filler, digest, "application/vnd.example.filler"));
        var put = HttpRequest.newBuilder(URI.create("http://" + registry.host() + "/v2/ns/killed/manifests/latest"))
                .header("Content-Type", "application/vnd.docker.distribution.manifest.v2+json")
                .PUT(BodyPublishers.ofString(manifest.strip()))
                .build();
        var answer = client.send(put, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private String upload(Path file, String digest, String mediaType) throws Exception {
        URI begin = URI.create("http://" + registry.host() + "/v2/ns/killed/blobs/uploads/");
        var begun = client.send(
                HttpRequest.newBuilder(begin).POST(BodyPublishers.noBody()).build(), BodyHandlers.discarding());
        String where = begun.headers().firstValue("Location").orElseThrow();
        URI put = begin.resolve(where + (where.contains("?") ? "&" : "?") + "digest=" + digest);
        var answer = client.send(
                HttpRequest.newBuilder(put).PUT(BodyPublishers.ofFile(file)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}".formatted(mediaType, digest, Files.size(file));
    }

    private static String digest(Path file) throws Exception {
        MessageDigest hash = MessageDigest.getInstance("SHA-256");
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[1 << 20];
            for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) hash.update(buffer, 0, got);
        }
        return "sha256:" + HexFormat.of().formatHex(hash.digest());
    }
}
