package dev.paddock.gguf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.List;

/** Small files for tests. */
final class Samples {
    /** Bytes of tensor data at the end of {@link #everything}. */
    static final int DATA_BYTES = 16 * 34 + 32;

    private Samples() {}

    /** One value of each type, some arrays and two tensors whose sizes need no padding. */
    static GgufWriter everything() {
        return new GgufWriter()
                .text("general.architecture", "llama")
                .value("u8", ValueType.UINT8, 200)
                .value("i8", ValueType.INT8, -3)
                .value("u16", ValueType.UINT16, 60_000)
                .value("i16", ValueType.INT16, -300)
                .uint32("u32", 4_000_000_000L)
                .value("i32", ValueType.INT32, -70_000)
                .float32("f32", 0.5)
                .bool("yes", true)
                .value("u64", ValueType.UINT64, 5_000_000_000L)
                .value("huge", ValueType.UINT64, -1L)
                .value("i64", ValueType.INT64, -5_000_000_000L)
                .value("f64", ValueType.FLOAT64, 1e-300)
                .array("tokens", ValueType.STRING, List.of("a", "", "Ġgrün"))
                .array("types", ValueType.INT32, List.of(1, -1, 3))
                .array("flags", ValueType.BOOL, List.of(true, false))
                .array("none", ValueType.FLOAT32, List.of())
                .tensor("a.weight", GgmlType.Q8_0, List.of(32L, 16L), zeros(16 * 34))
                .tensor("b.weight", GgmlType.F32, List.of(8L), zeros(32));
    }

    /** The smallest model that is in order. */
    static GgufWriter model() {
        return new GgufWriter()
                .text("general.architecture", "llama")
                .uint32("llama.block_count", 1)
                .uint32("llama.context_length", 64)
                .uint32("llama.embedding_length", 8)
                .uint32("llama.attention.head_count", 2)
                .float32("llama.attention.layer_norm_rms_epsilon", 1e-5)
                .text("tokenizer.ggml.model", "gpt2")
                .array("tokenizer.ggml.tokens", ValueType.STRING, List.of("a", "b", "c"))
                .array("tokenizer.ggml.token_type", ValueType.INT32, List.of(1, 1, 3))
                .array("tokenizer.ggml.merges", ValueType.STRING, List.of("a b"))
                .tensor("token_embd.weight", GgmlType.F32, List.of(8L, 3L), zeros(96));
    }

    static byte[] bytes(GgufWriter writer) {
        var out = new ByteArrayOutputStream();
        try {
            writer.write(Channels.newChannel(out));
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail", e);
        }
        return out.toByteArray();
    }

    static TensorData zeros(int count) {
        return out -> out.write(ByteBuffer.allocate(count));
    }
}
