package dev.paddock.gguf.random;

import dev.paddock.gguf.ValueType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A sound GGUF file taken apart, so that parts can be changed and put together again, sound or not. One thread. */
final class Anatomy {
    /** What a place in a file means. */
    enum Kind {
        COUNT,
        LENGTH,
        TYPE,
        NUMBER,
        TEXT,
        DIMENSION,
        OFFSET
    }

    /** A place in a file that was put together. */
    record Field(Kind kind, int at, int size) {}

    /** A file and what lies where in its header. */
    record Whole(byte[] bytes, List<Field> fields, int headerBytes) {}

    /** A metadata value. */
    sealed interface Value {}

    record Plain(ValueType type, byte[] bytes) implements Value {}

    record Text(byte[] bytes) implements Value {}

    record Numbers(ValueType element, byte[] bytes) implements Value {
        int count() {
            return bytes.length / element.bytes();
        }
    }

    record Texts(List<byte[]> texts) implements Value {}

    /** Bytes as they are, of a type that may be another. */
    record Raw(int type, byte[] bytes) implements Value {}

    record Pair(byte[] key, Value value) {}

    record Tensor(byte[] name, long[] dims, int type, long offset) {}

    final List<Pair> pairs = new ArrayList<>();
    final List<Tensor> tensors = new ArrayList<>();
    int alignment = 32;
    private byte[] data;

    private Anatomy() {}

    /** A copy that may be changed. */
    Anatomy copy() {
        var copy = new Anatomy();
        copy.pairs.addAll(pairs);
        copy.tensors.addAll(tensors);
        copy.data = data;
        return copy;
    }

    /** @param file version 2 or 3, sound, with an alignment of 32 and without arrays in arrays */
    static Anatomy of(byte[] file) {
        var in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        in.position(8);
        long tensorCount = in.getLong();
        long pairCount = in.getLong();
        var anatomy = new Anatomy();
        for (long i = 0; i < pairCount; i++) anatomy.pairs.add(new Pair(text(in), value(in)));
        for (long i = 0; i < tensorCount; i++) {
            byte[] name = text(in);
            long[] dims = new long[in.getInt()];
            for (int d = 0; d < dims.length; d++) dims[d] = in.getLong();
            anatomy.tensors.add(new Tensor(name, dims, in.getInt(), in.getLong()));
        }
        int start = Math.ceilDiv(in.position(), 32) * 32;
        anatomy.data = Arrays.copyOfRange(file, Math.min(start, file.length), file.length);
        return anatomy;
    }

    private static Value value(ByteBuffer in) {
        ValueType type = ValueType.values()[in.getInt()];
        return switch (type) {
            case STRING -> new Text(text(in));
            case ARRAY -> array(in);
            default -> new Plain(type, bytes(in, type.bytes()));
        };
    }

    private static Value array(ByteBuffer in) {
        ValueType element = ValueType.values()[in.getInt()];
        int count = Math.toIntExact(in.getLong());
        if (element != ValueType.STRING) return new Numbers(element, bytes(in, count * element.bytes()));
        List<byte[]> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) texts.add(text(in));
        return new Texts(texts);
    }

    private static byte[] text(ByteBuffer in) {
        return bytes(in, Math.toIntExact(in.getLong()));
    }

    private static byte[] bytes(ByteBuffer in, int count) {
        byte[] bytes = new byte[count];
        in.get(bytes);
        return bytes;
    }

    /** Puts all parts together. */
    Whole whole() {
        var out = new Assembly();
        out.whole(this);
        int start = Math.ceilDiv(out.size(), alignment) * alignment;
        byte[] bytes = Arrays.copyOf(out.bytes(), start + data.length);
        System.arraycopy(data, 0, bytes, start, data.length);
        return new Whole(bytes, out.fields(), out.size());
    }
}
