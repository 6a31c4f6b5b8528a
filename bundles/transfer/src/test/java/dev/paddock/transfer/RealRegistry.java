package dev.paddock.transfer;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Debian's docker-registry on a free port of this machine, with an empty directory of its own. */
final class RealRegistry implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/docker-registry");

    private final Path directory;
    private final Path data;
    private final int port;
    private Process process;

    private RealRegistry(Path directory, Path data, int port) {
        this.directory = directory;
        this.data = data;
        this.port = port;
    }

    /** Skips the test where the program is not installed. */
    static RealRegistry start(Path directory) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(PROGRAM), "docker-registry is not installed (Debian: docker-registry)");
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Path data = Files.createDirectories(directory.resolve("registry"));
        Path config = Files.writeString(directory.resolve("registry.yml"), """
                version: 0.1
                log: {level: error, accesslog: {disabled: true}}
                storage: {filesystem: {rootdirectory: %s}, delete: {enabled: true}}
                http: {addr: "127.0.0.1:%d"}
                """.formatted(data, port));
        var registry = new RealRegistry(directory, data, port);
        registry.begin(config);
        return registry;
    }

    private void begin(Path config) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(PROGRAM.toString(), "serve", config.toString());
        var log = ProcessBuilder.Redirect.appendTo(
                directory.resolve("registry.log").toFile());
        process = builder.redirectErrorStream(true).redirectOutput(log).start();
        awaitListening();
    }

    /** Kills it and starts it anew at the same address. */
    void restart() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        begin(directory.resolve("registry.yml"));
    }

    private void awaitListening() throws IOException, InterruptedException {
        for (int attempt = 0; ; attempt++) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return;
            } catch (IOException e) {
                if (attempt > 200 || !process.isAlive()) {
                    close();
                    throw new IOException("docker-registry does not listen", e);
                }
                Thread.sleep(50);
            }
        }
    }

    /** {@code 127.0.0.1:port}. */
    String host() {
        return "127.0.0.1:" + port;
    }

    long pid() {
        return process.pid();
    }

    /** Where the registry keeps a blob. */
    Path blob(String hex) {
        return data.resolve("docker/registry/v2/blobs/sha256/" + hex.substring(0, 2) + "/" + hex + "/data");
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
    }
}
