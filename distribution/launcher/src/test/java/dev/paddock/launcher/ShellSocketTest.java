package dev.paddock.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;

class ShellSocketTest {
    @TempDir
    Path temporary;

    @Test
    void itIsTheOwnersAloneAndSaysWhenThereIsNoShell() throws Exception {
        Path path = temporary.resolve("gogo.sock");
        Files.writeString(path, "left by a server that was killed");
        Path sheltered = Files.createDirectory(temporary.resolve("cache"));
        try (var _ = ShellSocket.open(withoutServices(), path, sheltered)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-------");
            assertThat(ask(path, "lb\n")).contains("not there");
        }
    }

    @Test
    void aPathThatIsTooLongCostsTheShellAndNotTheServer() throws Exception {
        Path path = temporary.resolve("x".repeat(120));
        try (var _ = ShellSocket.open(withoutServices(), path, temporary)) {
            assertThat(path).doesNotExist();
        }
    }

    private static String ask(Path path, String line) throws IOException {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            channel.write(StandardCharsets.UTF_8.encode(line));
            channel.shutdownOutput();
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Answers every question with nothing. */
    private static BundleContext withoutServices() {
        return (BundleContext) Proxy.newProxyInstance(
                ShellSocketTest.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> null);
    }
}
