package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts that cannot work say in one sentence what is wrong and what to do, with an exit code of their own. */
class BadStartTest {
    @TempDir
    private Path home;

    @Test
    void aPortHeldByAPaddockIsNamedAsSuch() throws Exception {
        try (Server first = Server.start(Map.of())) {
            var second = fail(first.port(), Map.of());
            assertThat(second.code()).isEqualTo(2);
            assertThat(second.output()).contains("Paddock").contains("PADDOCK_HOST");
        }
    }

    @Test
    void aPortHeldByAnOllamaIsNamedAsSuch() throws Exception {
        HttpServer ollama = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        ollama.createContext("/", exchange -> {
            boolean version = exchange.getRequestURI().getPath().equals("/api/version");
            byte[] body = (version ? "{\"version\":\"0.32.1\"}" : "Ollama is running").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        ollama.start();
        try {
            var start = fail(ollama.getAddress().getPort(), Map.of());
            assertThat(start.code()).isEqualTo(2);
            assertThat(start.output()).contains("Ollama").contains("PADDOCK_HOST");
        } finally {
            ollama.stop(0);
        }
    }

    @Test
    void aPortHeldBySomethingElseIsSaidToBeTaken() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var start = fail(socket.getLocalPort(), Map.of());
            assertThat(start.code()).isEqualTo(2);
            assertThat(start.output()).contains("PADDOCK_HOST");
        }
    }

    @Test
    void anUnwritableHomeIsNamed() throws Exception {
        assumeFalse(Files.isWritable(Path.of("/proc")) && !Files.exists(Path.of("/proc/self")), "no /proc here");
        var start = fail(Server.freePort(), Map.of("PADDOCK_HOME", "/proc/paddock"));
        assertThat(start.code()).isEqualTo(3);
        assertThat(start.output()).contains("/proc/paddock");
    }

    @Test
    void aJavaThatIsTooOldIsNamed() throws Exception {
        Path fake = Files.createDirectories(home.resolve("jdk/bin")).resolve("java");
        Files.writeString(fake, "#!/bin/sh\necho 'openjdk version \"17.0.1\" 2021-10-19' >&2\n");
        assertThat(fake.toFile().setExecutable(true)).isTrue();
        var start = fail(Server.freePort(), Map.of("PADDOCK_JAVA", fake.toString()));
        assertThat(start.code()).isEqualTo(4);
        assertThat(start.output()).contains("Java 25");
    }

    @Test
    void aServerThatOthersCouldReachNeedsAKey() throws Exception {
        for (String variable : new String[] {"PADDOCK_HOST", "OLLAMA_HOST"}) {
            int port = Server.freePort();
            var everywhere = new HashMap<>(Map.of("PADDOCK_HOST", ""));
            everywhere.put(variable, "0.0.0.0:" + port);
            var start = fail(port, everywhere);
            assertThat(start.code()).isEqualTo(7);
            assertThat(start.output().lines().filter(line -> line.startsWith("paddock:")))
                    .singleElement()
                    .asString()
                    .contains("0.0.0.0:" + port, "paddock key create", "PADDOCK_INSECURE");
            Files.writeString(home.resolve("keys.json"), "{\"version\":1,\"keys\":[]}");
        }
        Files.writeString(home.resolve("keys.json"), "{\"version\"");
        int port = Server.freePort();
        var damaged = fail(port, Map.of("PADDOCK_HOST", "0.0.0.0:" + port));
        assertThat(damaged.code()).isEqualTo(7);
        assertThat(damaged.output()).contains("keys.json", "cannot be used");
    }

    @Test
    void settingsThatAreNoJsonStopTheStartWithTheirPlace() throws Exception {
        Path file = Files.createDirectories(home.resolve("configs")).resolve("dev.paddock.web.json");
        Files.writeString(file, "{\n  \"origins\": [\n}");
        var start = fail(Server.freePort(), Map.of());
        assertThat(start.code()).isEqualTo(8);
        assertThat(start.output().strip())
                .startsWith("paddock: " + file + ", line 3")
                .doesNotContain("\n");
    }

    @Test
    void aFullDiskIsNamed() throws Exception {
        Path disk = Files.createDirectories(home.resolve("disk"));
        assumeTrue(done("mount", "-t", "tmpfs", "-o", "size=2m", "paddock-test", disk.toString()), "no mounts here");
        try {
            var start = fail(Server.freePort(), Map.of("PADDOCK_HOME", disk.toString()));
            assertThat(start.code()).isEqualTo(9);
            assertThat(start.output().strip())
                    .startsWith("paddock: the disk of the home directory " + disk + " is full")
                    .doesNotContain("\n");
        } finally {
            done("umount", disk.toString());
        }
    }

    private static boolean done(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    private record Outcome(int code, String output) {}

    private Outcome fail(int port, Map<String, String> environment) throws IOException, InterruptedException {
        Process process = Server.launch(home, port, environment);
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS))
                    .as("it ends by itself")
                    .isTrue();
            return new Outcome(process.exitValue(), Files.readString(home.resolve("out")));
        } finally {
            process.destroyForcibly();
        }
    }
}
