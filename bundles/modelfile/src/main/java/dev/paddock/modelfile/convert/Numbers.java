package dev.paddock.modelfile.convert;

import dev.paddock.gguf.GgmlType;
import dev.paddock.modelfile.safetensors.Dtype;
import java.nio.ByteBuffer;

/** Reads and writes single numbers in the types that weights come in and go out. */
final class Numbers {
    private static final int BF16_BITS = 16;
    /** The largest value of half precision. */
    private static final float F16_MAX = 65504f;

    private Numbers() {}

    /** Whether numbers of that type can be weights. */
    static boolean readable(Dtype type) {
        return switch (type) {
            case F64, F32, F16, BF16 -> true;
            default -> false;
        };
    }

    static float read(Dtype type, ByteBuffer from) {
        return switch (type) {
            case F32 -> from.getFloat();
            case F16 -> Float.float16ToFloat(from.getShort());
            case BF16 -> Float.intBitsToFloat(from.getShort() << BF16_BITS);
            case F64 -> (float) from.getDouble();
            default -> throw new IllegalArgumentException(type + " holds no weights");
        };
    }

    /** @throws ArithmeticException when the type cannot hold a number of that size */
    static void write(GgmlType type, float number, ByteBuffer to) {
        switch (type) {
            case F32 -> to.putFloat(number);
            case F16 -> to.putShort(half(number));
            case BF16 -> to.putShort(brain(number));
            default -> throw new IllegalArgumentException("weights are not written as " + type);
        }
    }

    private static short half(float number) {
        if (Math.abs(number) > F16_MAX && Float.isInfinite(Float.float16ToFloat(Float.floatToFloat16(number)))) {
            throw new ArithmeticException(Float.toString(number));
        }
        return Float.floatToFloat16(number);
    }

    /** To the nearest, ties to even; what is no number stays none. */
    private static short brain(float number) {
        int bits = Float.floatToRawIntBits(number);
        if (Float.isNaN(number)) return (short) ((bits >>> BF16_BITS) | 0x40);
        return (short) ((bits + 0x7fff + ((bits >>> BF16_BITS) & 1)) >>> BF16_BITS);
    }
}
