package dev.paddock.runner.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CodecTest {
    static Stream<Message> everyMessage() {
        var sampling = new Message.Sampling(0xFFFF_FFFFL, 0.8f, 40, 0.9f, 0.05f, 0.7f, -1, 1.1f, -2f, 2f);
        var cpu = new Message.BackendFiles("cpu", List.of("/lib/a.so", "b.so"));
        return Stream.of(
                new Message.Hello(1, 4711, "paddock 0.1"),
                new Message.Load("/m.gguf", "/lib", List.of(cpu), 4096, 8192, 512, 256, 4, 2, -1),
                new Message.Tokenize(1, "Grüße 🐴", true, false),
                new Message.Detokenize(2, new int[] {1, -1, Integer.MAX_VALUE}),
                new Message.Generate(3, new int[] {5, 6, 7}, sampling, -1, List.of("\n\n", "🐎")),
                new Message.Cancel(Long.MAX_VALUE),
                new Message.Shutdown(),
                new Message.Progress(0.25f),
                new Message.Ready("CPU (zen4)", "0.5.0", 2048, 2048, 512, 4, 2, 4096, "<s>", "</s>", 1L << 40, 0),
                new Message.Tokens(4, new int[0]),
                new Message.Text(5, ""),
                new Message.Chunk(6, "a\u0000b", new int[] {9}),
                new Message.End(7, EndReason.LENGTH, 1, 2, 3, 4, 5),
                new Message.Failed(8, FailureCode.INTERNAL, "why"),
                new Message.Heartbeat(1, 2, 3, 4),
                new Message.Log(LogLevel.WARN, "careful"));
    }

    @ParameterizedTest
    @MethodSource("everyMessage")
    void whatIsSentArrives(Message message) throws Exception {
        assertThat(Codec.decode(payload(message))).usingRecursiveComparison().isEqualTo(message);
    }

    @Test
    void everyKindOfMessageIsTried() {
        Set<Class<?>> tried = everyMessage().map(Object::getClass).collect(Collectors.toSet());
        Set<Class<?>> all = Stream.of(Message.FromServer.class, Message.FromRunner.class)
                .flatMap(kind -> Arrays.stream(kind.getPermittedSubclasses()))
                .collect(Collectors.toSet());
        assertThat(tried).isEqualTo(all);
    }

    @ParameterizedTest
    @MethodSource("everyMessage")
    void aTruncatedMessageIsRefused(Message message) throws Exception {
        ByteBuffer whole = payload(message);
        for (int length = 0; length < whole.limit(); length++) {
            ByteBuffer part = whole.slice(0, length);
            assertThatThrownBy(() -> Codec.decode(part)).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void trailingBytesAreRefused() {
        ByteBuffer frame = ByteBuffer.wrap(new byte[] {Codec.SHUTDOWN, 0});
        assertThatThrownBy(() -> Codec.decode(frame))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("1 bytes");
    }

    @Test
    void unknownTypesAreRefused() {
        for (int type : new int[] {0, 8, 15, 25, 127, -1}) {
            ByteBuffer frame = ByteBuffer.wrap(new byte[] {(byte) type});
            assertThatThrownBy(() -> Codec.decode(frame)).hasMessageContaining("unknown message type " + type);
        }
    }

    @Test
    void aCountBeyondTheFrameCostsNoMemory() {
        ByteBuffer frame = ByteBuffer.allocate(13)
                .put((byte) Codec.TOKENS)
                .putLong(1)
                .putInt(Integer.MAX_VALUE)
                .flip();
        assertThatThrownBy(() -> Codec.decode(frame)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void anUnknownConstantIsRefused() {
        ByteBuffer frame = ByteBuffer.allocate(9)
                .put((byte) Codec.LOG)
                .putInt(99)
                .putInt(0)
                .flip();
        assertThatThrownBy(() -> Codec.decode(frame)).hasMessageContaining("99");
    }

    @Test
    void anOversizeMessageIsNotSent() {
        var message = new Message.Tokenize(1, "x".repeat(Codec.MAX_FRAME), false, false);
        assertThatThrownBy(() -> Codec.encode(message))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("limit");
    }

    @Test
    void lengthsOutOfBoundsAreRefused() {
        for (int length : new int[] {-1, 0, Codec.MAX_FRAME + 1}) {
            assertThatThrownBy(() -> Codec.length(length)).isInstanceOf(ProtocolException.class);
        }
    }

    private static ByteBuffer payload(Message message) throws ProtocolException {
        ByteBuffer frame = Codec.encode(message);
        assertThat(frame.getInt()).isEqualTo(frame.remaining());
        return frame.slice();
    }
}
