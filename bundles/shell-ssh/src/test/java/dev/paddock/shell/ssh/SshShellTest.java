package dev.paddock.shell.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.settings.Defaults;
import dev.paddock.api.settings.Setting;
import dev.paddock.api.settings.Settings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshShellTest {
    @TempDir
    Path home;

    private SshShell shell(Map<String, Object> values) {
        var config = new AtomicReference<SshShell.Config>();
        Defaults.check(SshShell.Config.class, values, config::set);
        Settings settings = new Settings() {
            @Override
            public Path home() {
                return home;
            }

            @Override
            public List<Setting> all() {
                return List.of();
            }
        };
        return new SshShell(settings, new CommandProcessorImpl(new ThreadIOImpl()), config.get());
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void itOpensWithoutKeysAndClosesAgain() throws Exception {
        int port = freePort();
        SshShell shell = shell(Map.of("address", "127.0.0.1:" + port));
        try (var socket = new Socket("127.0.0.1", port)) {
            assertThat(new String(socket.getInputStream().readNBytes(15))).isEqualTo("SSH-2.0-paddock");
        }
        assertThat(home.resolve("ssh/host_key")).exists();
        shell.stop();
        assertThatThrownBy(() -> new Socket("127.0.0.1", port).close()).hasMessageContaining("refused");
    }

    @Test
    void settingsThatMakeNoSenseOpenNothing() throws Exception {
        int port = freePort();
        for (var values : List.<Map<String, Object>>of(
                Map.of("address", ""),
                Map.of("address", "127.0.0.1:" + port, "sessions", 0),
                Map.of("address", "127.0.0.1:" + port, "idle.timeout", "soon"))) {
            SshShell shell = shell(values);
            assertThatThrownBy(() -> new Socket("127.0.0.1", port).close()).hasMessageContaining("refused");
            assertThat(home.resolve("ssh")).doesNotExist();
            shell.stop();
        }
    }

    @Test
    void aPortInUseIsNoReasonToFail() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            shell(Map.of("address", "127.0.0.1:" + taken.getLocalPort())).stop();
            shell(Map.of("address", "no.such.host.invalid:22")).stop();
        }
    }

    @Test
    void changesAreJudgedFirst() throws Exception {
        SshShell shell = shell(Map.of("address", ""));
        shell.check(Map.of("address", "127.0.0.1:2222", "sessions", 2));
        assertThatThrownBy(() -> shell.check(Map.of("address", "2222"))).hasMessageContaining("HOST:PORT");
        shell.stop();
    }
}
