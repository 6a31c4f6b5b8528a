package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.itest.Layout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The shell over SSH is no part of a server: its jar is dropped into one that runs, used by a real client, and taken away. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SshPluginTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PID = "dev.paddock.shell.ssh";

    @TempDir
    static Path scratch;

    private int port;
    private Path install;
    private Server server;
    private SshClient client;
    private Path authorized;

    @BeforeAll
    void dropIntoARunningServer() throws Exception {
        assumeTrue(SshClient.possible(), "ssh is not installed (Debian: openssh-client)");
        port = Server.freePort();
        install = Installation.copy(scratch.resolve("paddock"), "backend-vulkan");
        server = Server.start(Map.of(), Map.of(PID, Map.of("address", "127.0.0.1:" + port)), install);
        authorized = server.home().resolve("ssh/authorized_keys");
        client = new SshClient(Files.createDirectory(scratch.resolve("client")), port);
        Installation.drop(plugin(), install);
        awaitLog("served over SSH at 127.0.0.1:" + port);
    }

    @AfterAll
    void stop() {
        if (server != null) server.close();
    }

    private static Path plugin() throws Exception {
        return Layout.plugins().stream()
                .filter(jar -> jar.getFileName().toString().contains("shell-ssh"))
                .findFirst()
                .orElseThrow();
    }

    private void awaitLog(String text) {
        Await.until(
                PATIENCE, "the log says \"" + text + "\"", () -> server.output().contains(text));
    }

    private long timesInLog(String text) {
        return server.output().lines().filter(line -> line.contains(text)).count();
    }

    @Test
    @Order(1)
    void withoutKeysThePortIsOpenAndNobodyGetsIn() throws Exception {
        String ann = client.key("ann");
        client.key("eve");
        assertThat(timesInLog("nobody gets into the shell over SSH")).isOne();
        assertThat(client.connect("ann", "", "ps").status()).isEqualTo(255);
        Files.writeString(authorized, ann);
        assertThat(client.connect("ann", "", "ps").said()).contains("no model is in memory");
        var refused = client.connect("eve", "", "ps");
        assertThat(refused.status()).isEqualTo(255);
        assertThat(refused.said()).contains("Permission denied (publickey)");
    }

    @Test
    @Order(2)
    void commandsRunAndSayHowTheyWent() throws Exception {
        var listed = client.connect("ann", "", "paddock:models");
        assertThat(listed.said()).contains("starter:latest");
        assertThat(listed.status()).isZero();
        assertThat(client.connect("ann", "", "unload nobody"))
                .satisfies(e -> assertThat(e.said()).contains("error: model nobody is not installed"))
                .satisfies(e -> assertThat(e.status()).isEqualTo(1));
        assertThat(client.connect("ann", "", "id").status()).isEqualTo(127);
        assertThat(server.output()).contains("shell of ann: paddock:models");
    }

    @Test
    @Order(3)
    void aTerminalAndAPipeHaveAShell() throws Exception {
        var typed = client.connect("ann", "pss\177\rexit\r", "-tt");
        assertThat(typed.said()).contains("paddock> ", "no model is in memory\r\n");
        assertThat(typed.status()).isZero();
        var piped = client.connect("ann", "lb -s shell-ssh\nnonsense\n");
        assertThat(piped.said()).contains("Active", "dev.paddock.shell-ssh").doesNotContain("paddock> ");
        assertThat(piped.status()).isEqualTo(127);
    }

    @Test
    @Order(4)
    void nothingElseIsServed() throws Exception {
        var tunnel = client.connect("ann", "", "-N", "-R", "0:127.0.0.1:9", "-o", "ExitOnForwardFailure=yes");
        assertThat(tunnel.status()).isEqualTo(255);
        assertThat(client.connect("ann", "", "-s", "sftp").said()).contains("subsystem request failed");
    }

    @Test
    @Order(5)
    void aTakenPortIsOneLineAndTheServerGoesOn() throws Exception {
        int taken = server.port();
        server.gogo("config set " + PID + " address 127.0.0.1:" + taken);
        awaitLog("not served over SSH at 127.0.0.1:" + taken);
        assertThat(timesInLog("ERROR")).isOne();
        assertThat(server.status("/readyz")).isEqualTo(200);
        assertThat(client.connect("ann", "", "ps").status()).isEqualTo(255);
        server.gogo("config set " + PID + " address 127.0.0.1:" + port);
        Await.until(
                PATIENCE,
                "the port is open again",
                () -> client.connect("ann", "", "ps").status() == 0);
        assertThat(server.gogo("config set " + PID + " address nowhere")).contains("HOST:PORT");
    }

    @Test
    @Order(6)
    void itCanStopItself() throws Exception {
        client.connect("ann", "", "stop dev.paddock.shell-ssh");
        Await.until(PATIENCE, "the plugin is stopped", () -> server.gogo("lb -s shell-ssh")
                .contains("Resolved"));
        assertThat(client.connect("ann", "", "ps").said()).contains("refused");
        Files.delete(install.resolve("bundles").resolve(plugin().getFileName().toString()));
        Await.until(PATIENCE, "the plugin is gone", () -> !server.gogo("lb -s shell-ssh")
                .contains("shell-ssh"));
        assertThat(server.status("/readyz")).isEqualTo(200);
    }
}
