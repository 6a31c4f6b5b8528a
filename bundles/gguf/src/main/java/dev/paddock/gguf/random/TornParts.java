package dev.paddock.gguf.random;

import dev.paddock.gguf.ValueType;
import dev.paddock.gguf.random.Anatomy.Pair;
import dev.paddock.gguf.random.Anatomy.Tensor;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** Breaks the parts of a file before they are put together. */
final class TornParts {
    private TornParts() {}

    static void change(Anatomy parts, RandomGenerator random) {
        switch (random.nextInt(8)) {
            case 0 -> Mutations.shuffle(parts.pairs, random);
            case 1 -> Mutations.shuffle(parts.tensors, random);
            case 2 -> parts.pairs.add(new Pair(name(random), nested(random)));
            case 3 -> align(parts, random);
            case 4 -> parts.pairs.add(new Pair(name(random), manyArrays(random)));
            default -> {
                if (!parts.tensors.isEmpty()) tensor(parts, random);
            }
        }
    }

    private static byte[] name(RandomGenerator random) {
        return random.nextInt(8) == 0
                ? Extremes.text(random, new byte[3])
                : ("x" + random.nextInt()).getBytes(StandardCharsets.UTF_8);
    }

    /** Arrays in arrays in arrays. */
    private static Anatomy.Value nested(RandomGenerator random) {
        var bytes = new ByteArrayOutputStream();
        int depth = random.nextInt(6) == 0 ? random.nextInt(2000) : random.nextInt(8);
        for (int i = 0; i < depth; i++) {
            bytes.writeBytes(Extremes.low(ValueType.ARRAY.id(), 4));
            bytes.writeBytes(Extremes.low(1, 8));
        }
        bytes.writeBytes(Extremes.low(ValueType.UINT8.id(), 4));
        bytes.writeBytes(Extremes.low(random.nextInt(4), 8));
        bytes.writeBytes(new byte[4]);
        return new Anatomy.Raw(ValueType.ARRAY.id(), bytes.toByteArray());
    }

    private static Anatomy.Value manyArrays(RandomGenerator random) {
        var bytes = new ByteArrayOutputStream();
        int count = random.nextInt(300);
        bytes.writeBytes(Extremes.low(ValueType.ARRAY.id(), 4));
        bytes.writeBytes(Extremes.low(count, 8));
        for (int i = 0; i < count; i++) {
            bytes.writeBytes(Extremes.low(ValueType.UINT8.id(), 4));
            bytes.writeBytes(Extremes.low(0, 8));
        }
        return new Anatomy.Raw(ValueType.ARRAY.id(), bytes.toByteArray());
    }

    private static void align(Anatomy parts, RandomGenerator random) {
        long alignment = random.nextBoolean() ? 1L << random.nextInt(8) : Extremes.number(random, 32);
        byte[] key = "general.alignment".getBytes(StandardCharsets.UTF_8);
        byte[] bytes = Extremes.low(alignment, 4);
        parts.pairs.add(
                random.nextInt(parts.pairs.size() + 1), new Pair(key, new Anatomy.Plain(ValueType.UINT32, bytes)));
        if (alignment > 0 && alignment <= 4096 && random.nextBoolean()) parts.alignment = (int) alignment;
    }

    private static void tensor(Anatomy parts, RandomGenerator random) {
        int at = random.nextInt(parts.tensors.size());
        Tensor old = parts.tensors.get(at);
        Tensor other = parts.tensors.get(random.nextInt(parts.tensors.size()));
        parts.tensors.set(
                at,
                switch (random.nextInt(5)) {
                    case 0 -> new Tensor(old.name(), old.dims(), old.type(), other.offset());
                    case 1 -> new Tensor(old.name(), dims(old.dims(), random), old.type(), old.offset());
                    case 2 -> new Tensor(old.name(), old.dims(), random.nextInt(48), old.offset());
                    case 3 -> new Tensor(other.name(), old.dims(), old.type(), old.offset());
                    default -> new Tensor(old.name(), old.dims(), old.type(), Extremes.number(random, old.offset()));
                });
    }

    private static long[] dims(long[] old, RandomGenerator random) {
        long[] dims = new long[random.nextInt(4) == 0 ? random.nextInt(9) : Math.max(1, old.length)];
        for (int i = 0; i < dims.length; i++) {
            long before = i < old.length ? old[i] : 1;
            dims[i] = random.nextBoolean() ? Extremes.number(random, before) : before;
        }
        return dims;
    }
}
