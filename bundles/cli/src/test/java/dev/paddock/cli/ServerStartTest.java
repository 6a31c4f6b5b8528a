package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.settings.HostAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class ServerStartTest {
    @TempDir
    Path directory;

    private Stage.Outcome run(HostAddress address, String script) throws IOException {
        Path file = Files.createDirectories(directory.resolve("install/bin")).resolve("paddock");
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        try (Stage stage = new Stage(directory.resolve("home"))) {
            return stage.run(address, "", Optional.of(directory.resolve("install")), "run", "m", "Hi");
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void aServerThatEndsAtOnceIsToldWithItsLastWords() throws IOException {
        var run =
                run(HostAddress.parse("127.0.0.1:" + freePort()), "echo \"asked to $1, no natives here\" >&2; exit 3");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("No server on 127.0.0.1:", "starting one...")
                .contains("exit code 3", "asked to serve, no natives here");
        assertThat(directory.resolve("home/logs/server.out")).content().contains("no natives here");
    }

    @Test
    void aServerThatSomebodyElseStartsAtTheSameMomentIsWaitedFor() throws Exception {
        int port = freePort();
        var run = run(HostAddress.parse("127.0.0.1:" + port), tinyServer(port) + " & sleep 0.2; exit 5");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("Hello.\n");
    }

    @Test
    void aHomeThatServesElsewhereIsNotWaitedFor() throws IOException {
        Path home = Files.createDirectories(directory.resolve("home"));
        Files.writeString(home.resolve("paddock.pid"), "1\nhttp://127.0.0.1:1\n");
        var run = run(HostAddress.parse("127.0.0.1:" + freePort()), "echo 'it is in use' >&2; exit 5");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("exit code 5", "it is in use");
    }

    private static String tinyServer(int port) throws Exception {
        String java = ProcessHandle.current().info().command().orElseThrow();
        Path classes = Path.of(TinyServer.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return "'" + java + "' -cp '" + classes + "' " + TinyServer.class.getName() + " " + port;
    }

    @Test
    void aServerThatComesUpAnswersAndEachStepIsTimed() throws Exception {
        int port = freePort();
        var run = run(HostAddress.parse("127.0.0.1:" + port), "exec " + tinyServer(port));
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("Hello.\n");
        assertThat(run.err())
                .containsPattern("starting one... ready in \\d+\\.\\d s\\.")
                .contains("Steps: server up ");
    }

    @Test
    void aServerElsewhereIsNeverStartedHere() throws IOException {
        var run = run(HostAddress.parse("192.0.2.1:9"), "echo started");
        assertThat(run.code()).isEqualTo(1);
        assertThat(directory.resolve("home/logs/server.out")).doesNotExist();
    }
}
