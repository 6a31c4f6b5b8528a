package dev.paddock.runner;

import dev.paddock.gguf.GgmlType;
import dev.paddock.gguf.GgufWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** A LoRA adapter of random numbers that fits the starter model. */
final class RandomAdapter {
    private static final int WIDTH = 256;
    private static final int LAYERS = 6;
    private static final int RANK = 4;

    private RandomAdapter() {}

    static Path write(Path file, long seed) throws IOException {
        GgufWriter writer = new GgufWriter()
                .text("general.type", "adapter")
                .text("general.architecture", "llama")
                .text("adapter.type", "lora")
                .float32("adapter.lora.alpha", 2 * RANK);
        Random random = new Random(seed);
        for (int layer = 0; layer < LAYERS; layer++) {
            matrix(writer, "blk." + layer + ".attn_q.weight.lora_a", WIDTH, RANK, random);
            matrix(writer, "blk." + layer + ".attn_q.weight.lora_b", RANK, WIDTH, random);
        }
        writer.write(file);
        return file;
    }

    private static void matrix(GgufWriter writer, String name, int columns, int rows, Random random) {
        ByteBuffer data = ByteBuffer.allocate(columns * rows * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (data.hasRemaining()) data.putFloat((float) random.nextGaussian() * 0.2f);
        writer.tensor(name, GgmlType.F32, List.of((long) columns, (long) rows), out -> out.write(data.flip()));
    }
}
