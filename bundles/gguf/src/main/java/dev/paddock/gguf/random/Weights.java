package dev.paddock.gguf.random;

import dev.paddock.gguf.FileType;
import dev.paddock.gguf.GgmlType;
import dev.paddock.gguf.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/**
 * Random weights with a standard deviation of about 0.02, as a freshly initialised model has, so that all logits stay
 * finite. One pool of random blocks is made once and written again and again, each tensor starting elsewhere in it:
 * the content does not matter for speed, and a gigabyte is written as fast as the disk takes it.
 */
final class Weights {
    /** A prime, so that no row length divides it and rows of a matrix differ. */
    private static final int POOL_BLOCKS = 65_521;
    /** Largest magnitude of evenly spread values with a standard deviation of 0.02. */
    private static final float SPREAD = 0.0346f;

    private final GgmlType type;
    private final SplittableRandom random;
    private final ByteBuffer pool;

    Weights(GgmlType type, long seed) {
        this.type = type;
        this.random = new SplittableRandom(seed);
        this.pool = ByteBuffer.allocate(POOL_BLOCKS * type.blockBytes()).order(ByteOrder.LITTLE_ENDIAN);
        while (pool.hasRemaining()) block();
        pool.flip();
    }

    /** The type of a command line word: q4_0, q8_0 or f16. */
    static GgmlType type(String word) {
        return switch (word) {
            case "q4_0" -> GgmlType.Q4_0;
            case "q8_0" -> GgmlType.Q8_0;
            case "f16" -> GgmlType.F16;
            default ->
                throw new IllegalArgumentException("unknown type \"" + word + "\", choose one of: q4_0, q8_0, f16");
        };
    }

    GgmlType type() {
        return type;
    }

    FileType fileType() {
        return FileType.valueOf(type.name());
    }

    /** Data of that many elements; where in the pool it starts depends on the order of calls. */
    TensorData matrix(long elements) {
        int start = random.nextInt(POOL_BLOCKS) * type.blockBytes();
        long bytes = type.bytes(elements);
        return out -> {
            long left = bytes;
            int at = start;
            while (left > 0) {
                int step = (int) Math.min(left, pool.limit() - at);
                out.write(pool.slice(at, step));
                left -= step;
                at = 0;
            }
        };
    }

    /** That many ones as 32-bit floats: the weights of a normalisation. */
    static TensorData ones(int count) {
        return out -> {
            var buffer = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < count; i++) buffer.putFloat(1f);
            out.write(buffer.flip());
        };
    }

    private void block() {
        switch (type) {
            case Q4_0 -> packed(SPREAD / 8, 2);
            case Q8_0 -> packed(SPREAD / 128, 4);
            case F16 -> pool.putShort(Float.floatToFloat16((random.nextFloat() * 2 - 1) * SPREAD));
            default -> throw new IllegalStateException("no random blocks of " + type);
        }
    }

    /** A scale that varies by a quarter, then the elements as random bits: any bits are valid. */
    private void packed(float scale, int longs) {
        pool.putShort(Float.floatToFloat16(scale * (0.875f + random.nextFloat() * 0.25f)));
        for (int i = 0; i < longs; i++) pool.putLong(random.nextLong());
    }
}
