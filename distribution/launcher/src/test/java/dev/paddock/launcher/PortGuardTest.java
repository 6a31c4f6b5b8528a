package dev.paddock.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.api.settings.HostAddress;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortGuardTest {
    @Test
    void ourVariableWinsOverOllamas() {
        assertThat(PortGuard.wanted(Map.of("PADDOCK_HOST", "127.0.0.1:1", "OLLAMA_HOST", "127.0.0.1:2"))
                        .port())
                .isEqualTo(1);
        assertThat(PortGuard.wanted(Map.of("PADDOCK_HOST", " ", "OLLAMA_HOST", "127.0.0.1:2"))
                        .port())
                .isEqualTo(2);
        assertThat(PortGuard.wanted(Map.of())).isEqualTo(HostAddress.DEFAULT);
    }

    @Test
    void aTakenPortIsRefusedWithItsHolderAndAWayOut() throws IOException {
        try (var server = FakeHttpServer.withBody("", "{\"version\":\"0.12.3\"}")) {
            var refusal = catchThrowableOfType(
                    LaunchException.class, () -> PortGuard.check(HostAddress.parse(server.authority())));
            assertThat(refusal.exit()).isEqualTo(Exit.ADDRESS);
            assertThat(refusal)
                    .hasMessageContaining(server.authority())
                    .hasMessageContaining("an Ollama server")
                    .hasMessageContaining(
                            "PADDOCK_HOST=127.0.0.1:" + (server.address().getPort() + 1));
        }
    }

    @Test
    void aFreePortStaysFree() throws IOException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var address = HostAddress.parse("127.0.0.1:" + port);
        assertThatCode(() -> PortGuard.check(address)).doesNotThrowAnyException();
        assertThatCode(() -> PortGuard.check(address)).doesNotThrowAnyException();
    }

    @Test
    void anAddressOfAnotherMachineIsRefused() {
        var refusal = catchThrowableOfType(
                LaunchException.class, () -> PortGuard.check(HostAddress.parse("203.0.113.7:8080")));
        assertThat(refusal.exit()).isEqualTo(Exit.ADDRESS);
        assertThat(refusal).hasMessageContaining("choose an address of this machine");
    }
}
