package dev.paddock.gguf.random;

import dev.paddock.gguf.ValueType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.random.RandomGenerator;

/** Values that programs are bad at. */
final class Extremes {
    private static final long[] NUMBERS = {
        0,
        1,
        2,
        3,
        4,
        7,
        8,
        15,
        16,
        31,
        32,
        33,
        63,
        64,
        65,
        127,
        128,
        129,
        255,
        256,
        257,
        511,
        512,
        513,
        1000,
        1023,
        1024,
        4096,
        32_767,
        32_768,
        65_535,
        65_536,
        1 << 20,
        1 << 24,
        1 << 28,
        1 << 30,
        Integer.MAX_VALUE,
        1L << 31,
        (1L << 32) - 1,
        1L << 32,
        1L << 40,
        1L << 61,
        1L << 62,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -1,
        -2,
        -32,
        0x5555_5555_5555_5556L,
        0x2000_0000_0000_0001L,
    };
    private static final double[] FLOATS = {
        0,
        -0.0,
        1,
        -1,
        0.5,
        1e-45,
        1e-10,
        1e10,
        1e38,
        -1e38,
        1e300,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
    };

    private Extremes() {}

    /** A number, often a strange one, often near another. */
    static long number(RandomGenerator random, long old) {
        return switch (random.nextInt(5)) {
            case 0 -> old + random.nextInt(-3, 4);
            case 1 -> random.nextBoolean() ? old * 2 : old / 2;
            case 2 -> random.nextLong();
            default -> NUMBERS[random.nextInt(NUMBERS.length)];
        };
    }

    /** The bytes of a value of that type. */
    static byte[] bytes(RandomGenerator random, ValueType type, byte[] old) {
        var out = ByteBuffer.allocate(type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        switch (type) {
            case FLOAT32 -> out.putFloat((float) FLOATS[random.nextInt(FLOATS.length)]);
            case FLOAT64 -> out.putDouble(FLOATS[random.nextInt(FLOATS.length)]);
            case BOOL -> out.put((byte) random.nextInt(3));
            default -> out.put(low(number(random, number(old)), type.bytes()));
        }
        return out.array();
    }

    /** The low bytes of a number, little-endian. */
    static byte[] low(long value, int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) bytes[i] = (byte) (value >> 8 * i);
        return bytes;
    }

    static long number(byte[] bytes) {
        long value = 0;
        for (int i = Math.min(bytes.length, 8) - 1; i >= 0; i--) value = value << 8 | (bytes[i] & 0xff);
        return value;
    }

    /** A text, often none that anybody would write. */
    static byte[] text(RandomGenerator random, byte[] old) {
        byte[] bytes =
                switch (random.nextInt(6)) {
                    case 0 -> new byte[0];
                    case 1 -> new byte[random.nextInt(1, 300)];
                    case 2 -> old.clone();
                    default -> new byte[random.nextInt(1, 24)];
                };
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) bytes[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(32, 127));
        }
        if (bytes.length > 0 && random.nextInt(4) == 0) bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        return bytes;
    }
}
