package dev.paddock.runner.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.engine.Abilities;
import dev.paddock.api.engine.Adapter;
import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.CacheStatus;
import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.Logprob;
import dev.paddock.api.engine.MemoryUse;
import dev.paddock.api.engine.Placement;
import dev.paddock.api.engine.RunnerFacts;
import dev.paddock.api.engine.RunnerStatus;
import dev.paddock.api.engine.Sampling;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.engine.Tally;
import dev.paddock.api.fault.Fault;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CodecTest {
    static Stream<Message> everyMessage() {
        var cpu = new Message.BackendFiles("cpu", List.of("/lib/a.so", "b.so"));
        var tuning = new Message.Tuning(1L << 40, -1, true);
        var libraries = new Message.Libraries("/lib", List.of(cpu), Map.of("GGML_X", "1", "A", ""));
        var sizes = new Message.Sizes(4096, 8192, 512, 256, 4, 2, -1);
        return Stream.of(
                new Message.Hello(1, 4711, "paddock 0.1"),
                new Message.Load(
                        "/m.gguf", "sha256:1", libraries, List.of("Vulkan0"), sizes, "/d.gguf", "/cache", tuning),
                new Message.Probe(libraries),
                new Message.AskFit(
                        "/m", "/d", libraries, List.of("A", "B"), sizes, new int[] {512, 1}, new int[] {-1, 0}),
                new Message.Quantize(libraries, "/m", "/q", "Q4_K_M", true, 3),
                new Message.Packing(2, 29, "blk.0.attn_k.weight"),
                new Message.Packed(),
                new Message.Tokenize(1, "Grüße 🐴", true, false),
                new Message.Detokenize(2, new int[] {1, -1, Integer.MAX_VALUE}),
                new Message.Generate(3, order(), 2),
                new Message.Embed(4, List.of(new int[] {1}, new int[] {2, 3})),
                new Message.Tune(tuning),
                new Message.Cancel(Long.MAX_VALUE),
                new Message.Shutdown(),
                new Message.Progress(0.25f),
                new Message.Ready(facts(), "no draft", 33),
                probed(),
                new Message.Fits(5, true, List.of(new Message.FitRow(4, 2048, 16, uses()))),
                new Message.Tokens(4, new int[0]),
                new Message.Text(5, ""),
                new Message.Vectors(6, List.of(new float[] {0.5f, -1f}, new float[0])),
                new Message.Chunk(6, "a\u0000b", new int[] {9}, List.of(likely()), tally()),
                new Message.End(7, StopReason.STOP, "🐴", "\nUser:", tally()),
                new Message.Failed(8, Fault.INTERNAL, "why"),
                new Message.Heartbeat(new RunnerStatus(1, 2, 3, 4, new CacheStatus(5, 6, 7, 8, 9, 10), 11)),
                new Message.Log(LogLevel.WARN, "careful"));
    }

    private static Message.Probed probed() {
        var newest = BackendKey.newest("vulkan");
        var device = new Device(newest, "Vulkan0", "a card", Device.Kind.INTEGRATED, "0:1", "1.2", 1L << 40, 5);
        return new Message.Probed(List.of(device), List.of(new Message.Outcome("vulkan", true, "careful")), "0.5.0");
    }

    private static List<MemoryUse> uses() {
        return List.of(new MemoryUse("host", 1L << 40, 2, 3), new MemoryUse("Vulkan0", 4, 5, 6));
    }

    private static GenerationOrder order() {
        var sampling = new Sampling(
                0xFFFF_FFFFL,
                new Sampling.Temperature(0.8f, 0.1f, 2f),
                new Sampling.Cutoffs(40, 0.9f, 0.05f, 0.7f, 1.5f),
                new Sampling.Penalties(-1, 1.1f, -2f, 2f),
                new Sampling.Dry(0.8f, 1.75f, 2, -1, List.of("\n", "🐎")),
                new Sampling.Xtc(0.5f, 0.1f),
                new Sampling.Mirostat(2, 5f, 0.1f),
                List.of(new Sampling.Bias(7, Float.NEGATIVE_INFINITY)),
                true);
        return new GenerationOrder(
                new int[] {5, 6, 7},
                sampling,
                new Ending(-1, List.of("\n\n", "🐎"), OptionalInt.of(4)),
                Optional.of("root ::= \"a\""),
                5,
                List.of(new Adapter(Path.of("/a.gguf"), 0.5f)),
                "somebody",
                List.of("<think>", "[TOOL_CALLS]"));
    }

    private static Tally tally() {
        return new Tally(1, 2, 3, 4, 5, 6, 7, Duration.ofNanos(8), Duration.ofDays(9));
    }

    private static RunnerFacts facts() {
        var can = new Abilities(true, false, true, false, true);
        return new RunnerFacts(
                4711,
                "CPU (zen4)",
                "0.5.0",
                2048,
                2048,
                512,
                256,
                4,
                2,
                4096,
                64,
                can,
                "<s>",
                "</s>",
                Placement.CPU,
                uses(),
                5,
                9,
                LoadOrder.Draft.NONE);
    }

    private static Logprob likely() {
        var other = new Logprob(2, new byte[] {(byte) 0xC3}, -3.5f, List.of());
        return new Logprob(1, new byte[0], -0.25f, List.of(other, other));
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
        for (int type : new int[] {0, 13, 15, 30, 127, -1}) {
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
