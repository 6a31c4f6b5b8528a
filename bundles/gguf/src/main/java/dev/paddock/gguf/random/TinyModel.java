package dev.paddock.gguf.random;

import dev.paddock.gguf.GgmlType;
import dev.paddock.gguf.GgufWriter;
import dev.paddock.gguf.TensorData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * Writes models of a megabyte whose memory is not plain attention, to test what depends on that. Weights are random,
 * and large enough that what comes next depends on all of the context. The same seed gives the same file.
 */
public final class TinyModel {
    private static final int CONTEXT = 8192;
    private static final int WIDTH = 64;
    private static final int LAYERS = 2;
    private static final int HEADS = 4;
    private static final int KEY_HEADS = 2;
    private static final int FEED_FORWARD = 128;
    private static final int INNER = 2 * WIDTH;
    private static final int STATE = 16;
    private static final int CONVOLUTION = 4;
    private static final int TIME_RANK = 4;

    private final GgufWriter out = new GgufWriter();
    private final SplittableRandom random;
    private final String architecture;
    private final Vocabulary vocabulary = new Vocabulary(1024);

    private TinyModel(String architecture, long seed) {
        this.architecture = architecture;
        this.random = new SplittableRandom(seed);
        out.text("general.architecture", architecture);
        out.text("general.name", "tiny " + architecture);
        out.uint32("general.file_type", 0);
        number("context_length", CONTEXT);
        number("embedding_length", WIDTH);
        number("block_count", LAYERS);
        number("vocab_size", vocabulary.size());
        out.float32(architecture + ".attention.layer_norm_rms_epsilon", 1e-5);
        vocabulary.describe(out);
        // Narrow, or a token would be followed by itself: input and output are tied.
        matrix("token_embd.weight", 0.1f, WIDTH, vocabulary.size());
        ones("output_norm.weight", WIDTH);
    }

    /**
     * Gemma 2: every other layer sees only a window.
     *
     * @param window tokens of it, at least 1
     * @param file replaced when it is there
     * @throws IOException when the file cannot be written
     */
    public static void sliding(int window, long seed, Path file) throws IOException {
        if (window < 1) throw new IllegalArgumentException("a window of " + window + " tokens");
        var model = new TinyModel("gemma2", seed);
        model.number("attention.sliding_window", window);
        model.attention();
        model.out.write(file);
    }

    /**
     * Mamba: a state of fixed size that only moves forwards.
     *
     * @param file replaced when it is there
     * @throws IOException when the file cannot be written
     */
    public static void recurrent(long seed, Path file) throws IOException {
        var model = new TinyModel("mamba", seed);
        model.stateSpace();
        model.out.write(file);
    }

    private void attention() {
        int head = WIDTH / HEADS;
        number("feed_forward_length", FEED_FORWARD);
        number("attention.head_count", HEADS);
        number("attention.head_count_kv", KEY_HEADS);
        number("attention.key_length", head);
        number("attention.value_length", head);
        out.float32(architecture + ".attn_logit_softcapping", 50);
        out.float32(architecture + ".final_logit_softcapping", 30);
        for (int layer = 0; layer < LAYERS; layer++) {
            String block = "blk." + layer + ".";
            for (String norm : List.of("attn_norm", "post_attention_norm", "ffn_norm", "post_ffw_norm")) {
                ones(block + norm + ".weight", WIDTH);
            }
            matrix(block + "attn_q.weight", 0.5f, WIDTH, WIDTH);
            matrix(block + "attn_k.weight", 0.5f, WIDTH, head * KEY_HEADS);
            matrix(block + "attn_v.weight", 0.5f, WIDTH, head * KEY_HEADS);
            matrix(block + "attn_output.weight", 0.5f, WIDTH, WIDTH);
            matrix(block + "ffn_gate.weight", 0.5f, WIDTH, FEED_FORWARD);
            matrix(block + "ffn_up.weight", 0.5f, WIDTH, FEED_FORWARD);
            matrix(block + "ffn_down.weight", 0.5f, FEED_FORWARD, WIDTH);
        }
    }

    private void stateSpace() {
        number("feed_forward_length", 0);
        number("attention.head_count", 0);
        number("ssm.conv_kernel", CONVOLUTION);
        number("ssm.inner_size", INNER);
        number("ssm.state_size", STATE);
        number("ssm.time_step_rank", TIME_RANK);
        for (int layer = 0; layer < LAYERS; layer++) {
            String block = "blk." + layer + ".";
            ones(block + "attn_norm.weight", WIDTH);
            matrix(block + "ssm_in.weight", 0.3f, WIDTH, 2 * INNER);
            matrix(block + "ssm_conv1d.weight", 0.7f, CONVOLUTION, INNER);
            matrix(block + "ssm_conv1d.bias", 0.1f, INNER);
            matrix(block + "ssm_x.weight", 0.3f, INNER, TIME_RANK + 2 * STATE);
            matrix(block + "ssm_dt.weight", 0.3f, TIME_RANK, INNER);
            matrix(block + "ssm_dt.bias", 0.1f, INNER);
            // Slowly forgetting: what was a hundred tokens ago still counts.
            filled(block + "ssm_a", -0.02f, STATE, INNER);
            filled(block + "ssm_d", 1, INNER);
            matrix(block + "ssm_out.weight", 0.3f, INNER, WIDTH);
        }
    }

    private void number(String key, int value) {
        out.uint32(architecture + "." + key, value);
    }

    private void ones(String name, int count) {
        filled(name, 1, count);
    }

    /** Evenly spread values up to a magnitude. */
    private void matrix(String name, float most, long... shape) {
        float[] values = new float[elements(shape)];
        for (int i = 0; i < values.length; i++) values[i] = (random.nextFloat() * 2 - 1) * most;
        tensor(name, values, shape);
    }

    private void filled(String name, float value, long... shape) {
        float[] values = new float[elements(shape)];
        Arrays.fill(values, value);
        tensor(name, values, shape);
    }

    private static int elements(long... shape) {
        long product = 1;
        for (long side : shape) product *= side;
        return Math.toIntExact(product);
    }

    private void tensor(String name, float[] values, long... shape) {
        var bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        TensorData data = channel -> channel.write(bytes.duplicate());
        out.tensor(name, GgmlType.F32, LongStream.of(shape).boxed().toList(), data);
    }
}
