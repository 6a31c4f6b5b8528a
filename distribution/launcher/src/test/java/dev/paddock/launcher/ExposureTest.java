package dev.paddock.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.api.settings.HostAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExposureTest {
    private static final HostAddress EVERYWHERE = HostAddress.parse("0.0.0.0:1");

    @TempDir
    private Path home;

    private Path keys;

    @BeforeEach
    void file() {
        keys = home.resolve("keys.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:1", "127.3.2.1:1", "[::1]:1", "localhost:1"})
    void thisMachineNeedsNoKey(String address) {
        assertThatCode(() -> Exposure.check(HostAddress.parse(address), keys, false))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:1", "[::]:1", ":1", "10.1.2.3:1", "192.0.2.1:1"})
    void othersNeedOne(String address) {
        assertThat(refusal(HostAddress.parse(address)).exit()).isEqualTo(Exit.EXPOSED);
        assertThat(refusal(HostAddress.parse(address)))
                .hasMessageContaining("paddock key create")
                .hasMessageContaining("PADDOCK_INSECURE");
    }

    @Test
    void aKeyOrTheOwnersWordIsEnough() throws IOException {
        assertThatCode(() -> Exposure.check(EVERYWHERE, keys, true)).doesNotThrowAnyException();
        Files.writeString(keys, "{\"version\":1,\"keys\":[{\"id\":\"a\"}]}");
        assertThatCode(() -> Exposure.check(EVERYWHERE, keys, false)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{\"keys\":{}}"})
    void aDamagedFileIsNoKeyAndSaysSo(String content) throws IOException {
        Files.writeString(keys, content);
        assertThat(refusal(EVERYWHERE)).hasMessageContaining("keys.json").hasMessageContaining("cannot be used");
    }

    @Test
    void anEmptyListIsNoKey() throws IOException {
        Files.writeString(keys, "{\"version\":1,\"keys\":[]}");
        assertThat(refusal(EVERYWHERE)).hasMessageContaining("without an API key");
    }

    private LaunchException refusal(HostAddress address) {
        return catchThrowableOfType(LaunchException.class, () -> Exposure.check(address, keys, false));
    }
}
