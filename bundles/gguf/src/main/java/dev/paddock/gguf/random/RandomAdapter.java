package dev.paddock.gguf.random;

import dev.paddock.gguf.GgmlType;
import dev.paddock.gguf.GgufWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * Writes LoRA adapters of random numbers that change what a model of the Llama family says, to test what depends on
 * that. The same seed gives the same file.
 */
public final class RandomAdapter {
    private static final int RANK = 4;

    private RandomAdapter() {}

    /**
     * Writes one that changes the queries of each layer.
     *
     * @param file replaced when it is there
     * @param width the model's embedding length; it has as many query heads as fill that
     * @param layers the model's
     * @return the file
     * @throws IOException when it cannot be written
     */
    public static Path write(Path file, int width, int layers, long seed) throws IOException {
        GgufWriter writer = new GgufWriter()
                .text("general.type", "adapter")
                .text("general.architecture", "llama")
                .text("adapter.type", "lora")
                .float32("adapter.lora.alpha", 2 * RANK);
        Random random = new Random(seed);
        for (int layer = 0; layer < layers; layer++) {
            matrix(writer, "blk." + layer + ".attn_q.weight.lora_a", width, RANK, random);
            matrix(writer, "blk." + layer + ".attn_q.weight.lora_b", RANK, width, random);
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
