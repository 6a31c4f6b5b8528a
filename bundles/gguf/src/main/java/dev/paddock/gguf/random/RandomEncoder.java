package dev.paddock.gguf.random;

import dev.paddock.gguf.FileType;
import dev.paddock.gguf.GgmlType;
import dev.paddock.gguf.GgufWriter;
import dev.paddock.gguf.TensorData;
import dev.paddock.gguf.ValueType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes a tiny encoder of BERT's architecture with random weights: vectors without sense, but different texts get
 * different ones. The same seed gives the same file.
 */
public final class RandomEncoder {
    /** What its vectors are. */
    public enum Pooling {
        /** The mean over all tokens. */
        MEAN(1),
        /** That of the first token. */
        CLS(2),
        /** One number: how well a document answers a question. */
        RANK(4);

        private final int id;

        Pooling(int id) {
            this.id = id;
        }
    }

    /** Most tokens of an input; more than llama.cpp's default micro-batch. */
    public static final int CONTEXT = 2048;

    /** Numbers of a vector. */
    public static final int WIDTH = 64;

    private static final int LAYERS = 2;
    private static final int HEADS = 4;
    private static final int FEED_FORWARD = 128;
    /** Large enough for attention to tell tokens apart. */
    private static final float SPREAD = 0.25f;

    private static final int NORMAL = 1;
    private static final int CONTROL = 3;
    private static final List<String> CONTROLS = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

    private final SplittableRandom random;
    private final GgufWriter out = new GgufWriter();

    private RandomEncoder(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Writes one model file of less than a megabyte. */
    public static void write(Pooling pooling, long seed, Path file) throws IOException {
        var encoder = new RandomEncoder(seed);
        encoder.describe(pooling);
        int vocabulary = encoder.vocabulary();
        encoder.embeddings(vocabulary);
        for (int layer = 0; layer < LAYERS; layer++) encoder.layer("blk." + layer + ".");
        if (pooling == Pooling.RANK) encoder.classifier();
        encoder.out.write(file);
    }

    private void describe(Pooling pooling) {
        out.text("general.architecture", "bert");
        out.text("general.name", "random encoder");
        out.uint32("general.file_type", FileType.F32.id());
        out.uint32("bert.context_length", CONTEXT);
        out.uint32("bert.embedding_length", WIDTH);
        out.uint32("bert.block_count", LAYERS);
        out.uint32("bert.feed_forward_length", FEED_FORWARD);
        out.uint32("bert.attention.head_count", HEADS);
        out.float32("bert.attention.layer_norm_epsilon", 1e-12);
        out.bool("bert.attention.causal", false);
        out.uint32("bert.pooling_type", pooling.id);
    }

    /** Every printable ASCII character, at the beginning of a word and within one: any such text can be written. */
    private int vocabulary() {
        List<String> tokens = new ArrayList<>(CONTROLS);
        for (char c = '!'; c <= '~'; c++) {
            if (c >= 'A' && c <= 'Z') continue;
            tokens.add("\u2581" + c);
            tokens.add(String.valueOf(c));
        }
        List<Integer> types = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) types.add(i < CONTROLS.size() ? CONTROL : NORMAL);
        out.text("tokenizer.ggml.model", "bert");
        out.text("tokenizer.ggml.pre", "default");
        out.array("tokenizer.ggml.tokens", ValueType.STRING, tokens);
        out.array("tokenizer.ggml.token_type", ValueType.INT32, types);
        out.uint32("tokenizer.ggml.token_type_count", 2);
        out.uint32("tokenizer.ggml.padding_token_id", 0);
        out.uint32("tokenizer.ggml.unknown_token_id", 1);
        out.uint32("tokenizer.ggml.bos_token_id", 2);
        out.uint32("tokenizer.ggml.cls_token_id", 2);
        out.uint32("tokenizer.ggml.seperator_token_id", 3);
        out.uint32("tokenizer.ggml.mask_token_id", 4);
        return tokens.size();
    }

    private void embeddings(int vocabulary) {
        matrix("token_embd", WIDTH, vocabulary);
        matrix("position_embd", WIDTH, CONTEXT);
        matrix("token_types", WIDTH, 2);
        norm("token_embd_norm");
    }

    private void layer(String block) {
        for (String part : List.of("attn_q", "attn_k", "attn_v", "attn_output")) linear(block + part, WIDTH, WIDTH);
        norm(block + "attn_output_norm");
        linear(block + "ffn_up", WIDTH, FEED_FORWARD);
        linear(block + "ffn_down", FEED_FORWARD, WIDTH);
        norm(block + "layer_output_norm");
    }

    private void classifier() {
        linear("cls", WIDTH, WIDTH);
        linear("cls.output", WIDTH, 1);
    }

    private void linear(String name, int columns, int rows) {
        matrix(name, columns, rows);
        out.tensor(name + ".bias", GgmlType.F32, List.of((long) rows), data(rows));
    }

    private void norm(String name) {
        out.tensor(name + ".weight", GgmlType.F32, List.of((long) WIDTH), Weights.ones(WIDTH));
        out.tensor(name + ".bias", GgmlType.F32, List.of((long) WIDTH), data(WIDTH));
    }

    private void matrix(String name, int columns, int rows) {
        out.tensor(name + ".weight", GgmlType.F32, List.of((long) columns, (long) rows), data(columns * rows));
    }

    private TensorData data(int count) {
        ByteBuffer numbers = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (numbers.hasRemaining()) numbers.putFloat((random.nextFloat() * 2 - 1) * SPREAD);
        numbers.flip();
        return out -> out.write(numbers.duplicate());
    }
}
