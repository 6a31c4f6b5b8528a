package dev.paddock.gguf;

import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Objects;
import java.util.RandomAccess;

/** A list of strings kept as UTF-8 bytes: a vocabulary takes little more memory than it takes in the file. */
final class PackedStrings extends AbstractList<Object> implements RandomAccess {
    private final byte[] bytes;
    /** Where each string ends in {@link #bytes}. */
    private final int[] ends;

    private PackedStrings(byte[] bytes, int[] ends) {
        this.bytes = bytes;
        this.ends = ends;
    }

    @Override
    public int size() {
        return ends.length;
    }

    @Override
    public String get(int index) {
        Objects.checkIndex(index, ends.length);
        int start = index == 0 ? 0 : ends[index - 1];
        return new String(bytes, start, ends[index] - start, StandardCharsets.UTF_8);
    }

    /** Collects strings in order; one thread. */
    static final class Collector {
        private byte[] bytes = new byte[1024];
        private int used;
        private final int[] ends;
        private int count;

        /** For exactly that many strings. */
        Collector(int size) {
            ends = new int[size];
        }

        void add(byte[] utf8) {
            if (bytes.length - used < utf8.length) {
                bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(used, utf8.length), used + used / 2));
            }
            System.arraycopy(utf8, 0, bytes, used, utf8.length);
            used += utf8.length;
            ends[count++] = used;
        }

        PackedStrings strings() {
            return new PackedStrings(Arrays.copyOf(bytes, used), ends);
        }
    }
}
