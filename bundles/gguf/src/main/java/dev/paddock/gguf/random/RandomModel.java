package dev.paddock.gguf.random;

import dev.paddock.gguf.GgmlType;
import dev.paddock.gguf.GgufWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Writes a model of random weights: real shape, working tokenizer, no sense. The same seed gives the same file.
 * Usage: {@code RandomModel [--size tiny|0.1b|1b|8b|1b-128k] [--type q4_0|q8_0|f16] [--seed N] OUT.gguf}.
 */
public final class RandomModel {
    private static final int CONTEXT = 8192;
    private static final String CHATML =
            "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + "
                    + "'<|im_end|>' + '\\n' }}{% endfor %}{% if add_generation_prompt %}"
                    + "{{ '<|im_start|>assistant\\n' }}{% endif %}";

    private final Shape shape;
    private final Weights weights;
    private final GgufWriter out = new GgufWriter();

    private RandomModel(Shape shape, GgmlType type, long seed) {
        this.shape = shape;
        this.weights = new Weights(type, seed);
    }

    /** Runs from the command line; wrong arguments are told in one line and end with code 2. */
    public static void main(String[] args) throws IOException {
        Arguments arguments;
        try {
            arguments = Arguments.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + Arguments.USAGE);
            System.exit(2);
            return;
        }
        long start = System.nanoTime();
        write(arguments.size(), arguments.type(), arguments.seed(), arguments.out());
        System.out.printf(
                "%s: %d bytes in %d ms%n",
                arguments.out(),
                Files.size(arguments.out()),
                Duration.ofNanos(System.nanoTime() - start).toMillis());
    }

    /**
     * Writes one model file.
     *
     * @param size {@code tiny}, {@code 0.1b}, {@code 1b}, {@code 8b} or {@code 1b-128k}
     * @param type {@code q4_0}, {@code q8_0} or {@code f16}
     * @param file replaced when it is there
     * @throws IllegalArgumentException for another size or type
     * @throws IOException when the file cannot be written; what was written of it stays
     */
    public static void write(String size, String type, long seed, Path file) throws IOException {
        var model = new RandomModel(Shape.of(size), Weights.type(type), seed);
        model.describe(size);
        model.tensors();
        model.out.write(file);
    }

    /**
     * How large a file will be, in bytes, to within two percent.
     *
     * @throws IllegalArgumentException for a size or type that {@link #write} does not know
     */
    public static long bytes(String size, String type) {
        return Weights.type(type).bytes(Shape.of(size).parameters());
    }

    private void describe(String size) {
        out.text("general.architecture", "llama");
        out.text("general.name", "random " + size);
        out.uint32("general.file_type", weights.fileType().id());
        out.uint32("general.quantization_version", 2);
        out.uint32("llama.context_length", CONTEXT);
        out.uint32("llama.embedding_length", shape.width);
        out.uint32("llama.block_count", shape.layers);
        out.uint32("llama.feed_forward_length", shape.feedForward);
        out.uint32("llama.attention.head_count", shape.heads);
        out.uint32("llama.attention.head_count_kv", shape.kvHeads);
        out.uint32("llama.rope.dimension_count", shape.headSize());
        out.uint32("llama.vocab_size", shape.vocabulary);
        out.float32("llama.attention.layer_norm_rms_epsilon", 1e-5);
        out.float32("llama.rope.freq_base", 500_000);
        new Vocabulary(shape.vocabulary).describe(out);
        out.text("tokenizer.chat_template", CHATML);
    }

    private void tensors() {
        int keyWidth = shape.headSize() * shape.kvHeads;
        matrix("token_embd", shape.width, shape.vocabulary);
        for (int layer = 0; layer < shape.layers; layer++) {
            String block = "blk." + layer + ".";
            norm(block + "attn_norm");
            matrix(block + "attn_q", shape.width, shape.width);
            matrix(block + "attn_k", shape.width, keyWidth);
            matrix(block + "attn_v", shape.width, keyWidth);
            matrix(block + "attn_output", shape.width, shape.width);
            norm(block + "ffn_norm");
            matrix(block + "ffn_gate", shape.width, shape.feedForward);
            matrix(block + "ffn_up", shape.width, shape.feedForward);
            matrix(block + "ffn_down", shape.feedForward, shape.width);
        }
        norm("output_norm");
    }

    private void matrix(String name, long columns, long rows) {
        out.tensor(name + ".weight", weights.type(), List.of(columns, rows), weights.matrix(columns * rows));
    }

    private void norm(String name) {
        out.tensor(name + ".weight", GgmlType.F32, List.of((long) shape.width), Weights.ones(shape.width));
    }
}
