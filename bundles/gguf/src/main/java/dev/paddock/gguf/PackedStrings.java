package dev.paddock.gguf;

import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;

/** A list of strings kept as UTF-8 bytes: a vocabulary takes little more memory than it takes in the file. */
final class PackedStrings extends AbstractList<Object> implements RandomAccess {
    private final byte[] bytes;
    /** Where each string ends in {@link #bytes}. */
    private final int[] ends;

    PackedStrings(byte[] bytes, int[] ends) {
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
}
