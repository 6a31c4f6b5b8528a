package dev.paddock.gguf.random;

import dev.paddock.gguf.GgmlType;
import dev.paddock.gguf.ValueType;
import dev.paddock.gguf.random.Anatomy.Numbers;
import dev.paddock.gguf.random.Anatomy.Pair;
import dev.paddock.gguf.random.Anatomy.Plain;
import dev.paddock.gguf.random.Anatomy.Tensor;
import dev.paddock.gguf.random.Anatomy.Text;
import dev.paddock.gguf.random.Anatomy.Texts;
import dev.paddock.gguf.random.Anatomy.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Changes what a file says, and leaves how it says it alone. One thread. */
final class OddContent {
    private final Anatomy parts;
    private final RandomGenerator random;

    OddContent(Anatomy parts, RandomGenerator random) {
        this.parts = parts;
        this.random = random;
    }

    void change() {
        if (parts.pairs.isEmpty()) return;
        switch (random.nextInt(16)) {
            case 0 -> parts.pairs.remove(random.nextInt(parts.pairs.size()));
            case 1 -> rename();
            case 2, 3 -> addKey();
            case 4 -> architecture();
            case 5 -> tokenizer();
            case 6, 7 -> tensor();
            case 8, 9, 10 -> value("tokenizer.");
            default -> value(architectureName() + ".");
        }
    }

    private String architectureName() {
        return text("general.architecture");
    }

    private String text(String key) {
        int at = find(key);
        return at >= 0 && parts.pairs.get(at).value() instanceof Text(byte[] bytes)
                ? new String(bytes, StandardCharsets.UTF_8)
                : "";
    }

    private int find(String key) {
        for (int i = 0; i < parts.pairs.size(); i++) {
            if (string(parts.pairs.get(i).key()).equals(key)) return i;
        }
        return -1;
    }

    private void put(String key, Value value) {
        int at = find(key);
        var pair = new Pair(bytes(key), value);
        if (at >= 0) parts.pairs.set(at, pair);
        else parts.pairs.add(pair);
    }

    private void rename() {
        int at = random.nextInt(parts.pairs.size());
        Pair pair = parts.pairs.get(at);
        String key = architectureName() + "." + Strangers.KEYS.get(random.nextInt(Strangers.KEYS.size()));
        if (find(key) < 0) parts.pairs.set(at, new Pair(bytes(key), pair.value()));
    }

    private void addKey() {
        String key = Strangers.KEYS.get(random.nextInt(Strangers.KEYS.size()));
        String name = random.nextInt(5) == 0
                ? "tokenizer.ggml." + Strangers.TOKENIZER_KEYS.get(random.nextInt(Strangers.TOKENIZER_KEYS.size()))
                : architectureName() + "." + key;
        put(name, fresh());
    }

    private Value fresh() {
        return switch (random.nextInt(8)) {
            case 0 -> plain(ValueType.FLOAT32);
            case 1 -> plain(ValueType.BOOL);
            case 2 -> numbers(random.nextBoolean() ? ValueType.INT32 : ValueType.UINT32);
            case 3 -> new Text(bytes(Strangers.WORDS.get(random.nextInt(Strangers.WORDS.size()))));
            default -> plain(ValueType.UINT32);
        };
    }

    private Plain plain(ValueType type) {
        return new Plain(type, Extremes.bytes(random, type, new byte[type.bytes()]));
    }

    private Numbers numbers(ValueType type) {
        byte[] bytes = new byte[random.nextInt(7) * type.bytes()];
        for (int at = 0; at < bytes.length; at += type.bytes()) {
            byte[] one = Extremes.bytes(random, type, new byte[type.bytes()]);
            System.arraycopy(one, 0, bytes, at, one.length);
        }
        return new Numbers(type, bytes);
    }

    /** The same numbers and tensors under another architecture's name: its loader divides by other ones of them. */
    private void architecture() {
        String old = architectureName();
        String other = Strangers.ARCHITECTURES.get(random.nextInt(Strangers.ARCHITECTURES.size()));
        for (int i = 0; i < parts.pairs.size(); i++) {
            Pair pair = parts.pairs.get(i);
            String key = string(pair.key());
            if (!key.startsWith(old + ".")) continue;
            parts.pairs.set(i, new Pair(bytes(other + key.substring(old.length())), pair.value()));
        }
        put("general.architecture", new Text(bytes(other)));
        if (random.nextBoolean()) put(other + ".attention.layer_norm_epsilon", plain(ValueType.FLOAT32));
    }

    private void tokenizer() {
        String key = random.nextBoolean() ? "tokenizer.ggml.model" : "tokenizer.ggml.pre";
        List<String> words = key.endsWith("pre") ? Strangers.PRE_TOKENIZERS : Strangers.TOKENIZERS;
        put(key, new Text(bytes(words.get(random.nextInt(words.size())))));
        if (random.nextBoolean()) put("tokenizer.ggml.precompiled_charsmap", numbers(ValueType.UINT8));
        if (random.nextBoolean()) put("tokenizer.ggml.scores", numbers(ValueType.FLOAT32));
    }

    private void value(String prefix) {
        List<Integer> fitting = new ArrayList<>();
        for (int i = 0; i < parts.pairs.size(); i++) {
            if (string(parts.pairs.get(i).key()).startsWith(prefix)) fitting.add(i);
        }
        if (fitting.isEmpty()) return;
        int at = fitting.get(random.nextInt(fitting.size()));
        Pair pair = parts.pairs.get(at);
        parts.pairs.set(at, new Pair(pair.key(), odd(pair.value())));
    }

    private Value odd(Value value) {
        if (random.nextInt(10) == 0) return fresh();
        return switch (value) {
            case Plain(ValueType type, byte[] bytes) -> new Plain(type, Extremes.bytes(random, type, bytes));
            case Text(byte[] bytes) -> new Text(Extremes.text(random, bytes));
            case Numbers numbers -> odd(numbers);
            case Texts(List<byte[]> texts) -> new Texts(odd(texts));
            case Anatomy.Raw raw -> raw;
        };
    }

    private Numbers odd(Numbers numbers) {
        byte[] bytes = numbers.bytes().clone();
        int width = numbers.element().bytes();
        switch (random.nextInt(6)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(numbers.count() + 1) * width);
            case 1 -> bytes = Arrays.copyOf(bytes, bytes.length + width * random.nextInt(1, 40));
            default -> {
                for (int i = random.nextInt(1, 20); i > 0 && bytes.length > 0; i--) {
                    int at = random.nextInt(bytes.length / width) * width;
                    byte[] old = Arrays.copyOfRange(bytes, at, at + width);
                    System.arraycopy(Extremes.bytes(random, numbers.element(), old), 0, bytes, at, width);
                }
            }
        }
        return new Numbers(numbers.element(), bytes);
    }

    private List<byte[]> odd(List<byte[]> texts) {
        List<byte[]> odd = new ArrayList<>(texts);
        switch (random.nextInt(6)) {
            case 0 -> odd.subList(random.nextInt(odd.size() + 1), odd.size()).clear();
            case 1 -> odd.addAll(texts.subList(0, Math.min(texts.size(), random.nextInt(40))));
            case 2 -> Mutations.shuffle(odd, random);
            default -> {
                for (int i = random.nextInt(1, 20); i > 0 && !odd.isEmpty(); i--) {
                    int at = random.nextInt(odd.size());
                    odd.set(at, Extremes.text(random, odd.get(at)));
                }
            }
        }
        return odd;
    }

    private void tensor() {
        if (parts.tensors.isEmpty()) return;
        int at = random.nextInt(parts.tensors.size());
        Tensor old = parts.tensors.get(at);
        Tensor other = parts.tensors.get(random.nextInt(parts.tensors.size()));
        switch (random.nextInt(5)) {
            case 0 -> parts.tensors.remove(at);
            case 1 -> {
                parts.tensors.set(at, new Tensor(other.name(), old.dims(), old.type(), old.offset()));
                int second = parts.tensors.indexOf(other);
                if (second >= 0 && second != at) {
                    parts.tensors.set(second, new Tensor(old.name(), other.dims(), other.type(), other.offset()));
                }
            }
            case 2 -> parts.tensors.set(at, new Tensor(old.name(), shape(old.dims()), old.type(), old.offset()));
            case 3 -> parts.tensors.set(at, new Tensor(renamed(old.name()), old.dims(), old.type(), old.offset()));
            default -> {
                GgmlType type = GgmlType.values()[random.nextInt(GgmlType.values().length)];
                parts.tensors.set(at, new Tensor(old.name(), old.dims(), type.id(), old.offset()));
            }
        }
    }

    /** As many elements or fewer, in another form. */
    private long[] shape(long[] old) {
        long[] dims = old.clone();
        switch (random.nextInt(3)) {
            case 0 -> {
                for (int i = 0, j = dims.length - 1; i < j; i++, j--) {
                    dims[i] = old[j];
                    dims[j] = old[i];
                }
            }
            case 1 -> dims[dims.length - 1] = random.nextLong(1, dims[dims.length - 1] + 1);
            default -> dims = Arrays.copyOf(dims, Math.min(4, dims.length + 1));
        }
        for (int i = 0; i < dims.length; i++) if (dims[i] == 0) dims[i] = 1;
        return dims;
    }

    private byte[] renamed(byte[] name) {
        String text = string(name);
        return bytes(random.nextBoolean() ? text.replace("weight", "bias") : text.replace("blk.0", "blk.7"));
    }

    private static String string(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
