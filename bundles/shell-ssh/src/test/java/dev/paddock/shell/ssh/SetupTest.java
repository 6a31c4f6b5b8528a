package dev.paddock.shell.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.settings.Defaults;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetupTest {
    private static final Path HOME = Path.of("/home/ann/.paddock");

    private static Setup read(Map<String, Object> values) {
        var setup = new AtomicReference<Setup>();
        Defaults.check(SshShell.Config.class, values, config -> setup.set(Setup.of(config, HOME)));
        return setup.get();
    }

    @Test
    void byDefaultItIsForThisMachineWithFilesOfTheHome() {
        Setup setup = read(Map.of());
        assertThat(setup.address().orElseThrow().authority()).isEqualTo("127.0.0.1:11422");
        assertThat(setup.authorizedKeys()).isEqualTo(HOME.resolve("ssh/authorized_keys"));
        assertThat(setup.hostKey()).isEqualTo(HOME.resolve("ssh/host_key"));
        assertThat(setup.idle()).isEqualTo(Duration.ofMinutes(10));
        assertThat(setup.sessions()).isEqualTo(8);
    }

    @Test
    void addressesAndPathsAreWrittenAsElsewhere() {
        assertThat(read(Map.of("address", " ")).address()).isEmpty();
        assertThat(read(Map.of("address", "[::1]:22")).address().orElseThrow().host())
                .isEqualTo("::1");
        assertThat(read(Map.of("address", ":22")).address().orElseThrow().host())
                .isEmpty();
        assertThat(read(Map.of("authorized.keys", "/etc/paddock/keys")).authorizedKeys())
                .isEqualTo(Path.of("/etc/paddock/keys"));
    }

    @ParameterizedTest
    @CsvSource({
        "address, 127.0.0.1",
        "address, 22",
        "address, http://127.0.0.1:22",
        "address, ::1:22",
        "address, 127.0.0.1:70000",
        "authorized.keys, ' '",
        "host.key, ''",
        "idle.timeout, soon",
        "idle.timeout, -1s"
    })
    void whatCannotBeUsedIsNamed(String key, String value) {
        assertThatThrownBy(() -> read(Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(SshShell.PID)
                .hasMessageContaining(key);
    }

    @Test
    void sessionsHaveBounds() {
        assertThat(read(Map.of("sessions", 64)).sessions()).isEqualTo(64);
        for (int wrong : new int[] {0, -1, 65})
            assertThatThrownBy(() -> read(Map.of("sessions", wrong))).hasMessageContaining("1 to 64");
    }
}
