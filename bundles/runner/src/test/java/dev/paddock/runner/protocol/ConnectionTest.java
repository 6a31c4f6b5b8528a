package dev.paddock.runner.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.engine.StopReason;
import dev.paddock.api.engine.Tally;
import dev.paddock.api.fault.Fault;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class ConnectionTest {
    @TempDir
    Path directory;

    private SocketChannel raw;
    private Connection connection;

    @BeforeEach
    void connect() throws IOException {
        Path socket = directory.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            connection = Connection.to(socket, "test");
            raw = server.accept();
        }
    }

    @AfterEach
    void close() throws IOException {
        raw.close();
        connection.close();
    }

    @Test
    void bothSidesOfAHandshakeLearnWhoTheOtherIs() throws Exception {
        try (Connection other = new Connection(raw, "other")) {
            var heard = CompletableFuture.supplyAsync(() -> handshake(other));
            assertThat(connection.handshake("runner 1").software()).isEqualTo("server 1");
            assertThat(heard.join().software()).isEqualTo("runner 1");
        }
    }

    @Test
    void anotherVersionIsRefusedWithBothNumbers() throws Exception {
        raw.write(Codec.encode(new Message.Hello(99, 1, "paddock 9")));
        assertThatThrownBy(() -> connection.handshake("runner 1"))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContainingAll("99", "paddock 9", "version " + Message.PROTOCOL);
    }

    @Test
    void aFirstMessageThatIsNoHelloIsRefused() throws Exception {
        raw.write(Codec.encode(new Message.Cancel(1)));
        assertThatThrownBy(() -> connection.handshake("runner 1")).isInstanceOf(ProtocolException.class);
    }

    @Test
    void aFrameThatIsCutOffIsTheEnd() throws Exception {
        raw.write(Codec.encode(new Message.Cancel(1)).limit(7));
        raw.close();
        assertThatThrownBy(connection::receive).isInstanceOf(EOFException.class);
    }

    @Test
    void anOversizeFrameIsRefusedBeforeItIsRead() throws Exception {
        raw.write(ByteBuffer.allocate(4).putInt(Codec.MAX_FRAME + 1).flip());
        assertThatThrownBy(connection::receive).isInstanceOf(ProtocolException.class);
    }

    @Test
    void senderAndSocketSurviveAnInterrupt() throws Exception {
        Thread.currentThread().interrupt();
        connection.send(new Message.Cancel(5));
        assertThat(Thread.interrupted()).isTrue();
        try (Connection other = new Connection(raw, "other")) {
            assertThat(other.receive()).isEqualTo(new Message.Cancel(5));
        }
    }

    @Test
    void whatWasSentBeforeClosingArrives() throws Exception {
        connection.send(new Message.Failed(0, Fault.LOAD_FAILED, "no"));
        connection.close();
        try (Connection other = new Connection(raw, "other")) {
            assertThat(other.receive()).isInstanceOf(Message.Failed.class);
            assertThatThrownBy(other::receive).isInstanceOf(EOFException.class);
        }
        assertThatThrownBy(() -> connection.send(new Message.Shutdown())).isInstanceOf(IOException.class);
    }

    @Test
    void aSlowReaderGetsEverythingInFewerPieces() throws Exception {
        String text = "0123456789".repeat(1000);
        for (int i = 0; i < 1000; i++) {
            connection.send(new Message.Chunk(1 + i % 2, text, new int[] {i}, List.of(), tally(i)));
        }
        connection.send(new Message.End(1, StopReason.STOP, "", "", tally(1000)));
        int pieces = 0;
        long characters = 0;
        long tokens = 0;
        try (Connection other = new Connection(raw, "other")) {
            Message message = other.receive();
            while (message instanceof Message.Chunk chunk) {
                pieces++;
                characters += chunk.text().length();
                tokens += chunk.tokens().length;
                int last = chunk.tokens()[chunk.tokens().length - 1];
                assertThat(chunk.soFar()).as("the account of its last token").isEqualTo(tally(last));
                message = other.receive();
            }
        }
        assertThat(characters).isEqualTo(1000L * text.length());
        assertThat(tokens).isEqualTo(1000);
        assertThat(pieces).isLessThan(200);
    }

    @Test
    void aReaderThatNeverReadsEndsTheConnectionInsteadOfTheMemory() {
        var message = new Message.Text(1, "x".repeat(1 << 20));
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 200; i++) connection.send(message);
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not read");
    }

    private static Tally tally(int completionTokens) {
        return Tally.plain(1, completionTokens, Duration.ZERO, Duration.ZERO);
    }

    private static Message.Hello handshake(Connection connection) {
        try {
            return connection.handshake("server 1");
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }
}
