package dev.paddock.gguf;

import java.util.List;

/**
 * One tensor, described in the header.
 *
 * @param name unique in the file
 * @param dims extents, fastest-varying first; at most four
 * @param type how its elements are packed
 * @param offset bytes from the start of the data section; a multiple of the file's alignment
 * @param size bytes of its data
 */
public record TensorInfo(String name, List<Long> dims, GgmlType type, long offset, long size) {
    public TensorInfo {
        dims = List.copyOf(dims);
    }

    /** Number of elements: the product of all extents. */
    public long elements() {
        long elements = 1;
        for (long extent : dims) elements = Math.multiplyExact(elements, extent);
        return elements;
    }
}
