package dev.paddock.gguf;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;

/** A list of numbers or truth values kept as the bytes of the file. */
final class PackedNumbers extends AbstractList<Object> implements RandomAccess {
    private static final VarHandle I16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle I32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle I64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final ValueType type;
    private final byte[] bytes;

    PackedNumbers(ValueType type, byte[] bytes) {
        this.type = type;
        this.bytes = bytes;
    }

    @Override
    public int size() {
        return bytes.length / type.bytes();
    }

    @Override
    public Object get(int index) {
        Objects.checkIndex(index, size());
        int at = index * type.bytes();
        return switch (type) {
            case UINT8 -> (long) (bytes[at] & 0xff);
            case INT8 -> (long) bytes[at];
            case UINT16 -> (long) ((short) I16.get(bytes, at) & 0xffff);
            case INT16 -> (long) (short) I16.get(bytes, at);
            case UINT32 -> Integer.toUnsignedLong((int) I32.get(bytes, at));
            case INT32 -> (long) (int) I32.get(bytes, at);
            case FLOAT32 -> (double) Float.intBitsToFloat((int) I32.get(bytes, at));
            case BOOL -> bytes[at] != 0;
            case UINT64 -> unsigned((long) I64.get(bytes, at));
            case INT64 -> (long) I64.get(bytes, at);
            case FLOAT64 -> Double.longBitsToDouble((long) I64.get(bytes, at));
            case STRING, ARRAY -> throw new IllegalStateException(type + " has no fixed size");
        };
    }

    /** An unsigned 64-bit number as {@link Long} where it fits, else as {@link BigInteger}. */
    static Number unsigned(long bits) {
        if (bits >= 0) return bits;
        return new BigInteger(Long.toUnsignedString(bits));
    }
}
