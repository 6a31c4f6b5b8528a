package dev.paddock.itest.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real registry of Docker on a free loopback port; its data are gone when it is closed. */
final class DockerRegistry implements AutoCloseable {
    private final Path data;
    private final int port;
    private final Process process;

    private DockerRegistry(Path data, int port, Process process) {
        this.data = data;
        this.port = port;
        this.process = process;
    }

    /** Skips the test when the program is not there. */
    static DockerRegistry start() throws IOException, InterruptedException {
        Optional<Path> program = Stream.of("/usr/bin/docker-registry", "/usr/local/bin/docker-registry")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(program.isPresent(), "docker-registry is not installed (Debian: docker-registry)");
        Path data = Files.createTempDirectory("paddock-registry-");
        int port = Server.freePort();
        Path settings = Files.writeString(data.resolve("config.yml"), """
                version: 0.1
                log:
                  level: warn
                storage:
                  filesystem:
                    rootdirectory: %s
                  delete:
                    enabled: true
                http:
                  addr: 127.0.0.1:%d
                """.formatted(data.resolve("content"), port));
        Process process = new ProcessBuilder(program.get().toString(), "serve", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("out").toFile())
                .start();
        DockerRegistry registry = new DockerRegistry(data, port, process);
        try {
            Await.until(Duration.ofSeconds(30), "the registry answers", registry::answers);
            return registry;
        } catch (RuntimeException e) {
            registry.close();
            throw e;
        }
    }

    private boolean answers() throws InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://" + host() + "/v2/"))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException nobodyAnswers) {
            return false;
        }
    }

    /** {@code 127.0.0.1:PORT}. */
    String host() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS))
                process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Server.delete(data);
    }
}
