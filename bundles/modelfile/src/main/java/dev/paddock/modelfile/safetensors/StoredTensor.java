package dev.paddock.modelfile.safetensors;

import java.util.List;

/**
 * One tensor, described in the header.
 *
 * @param name unique in the file
 * @param dtype type of its elements
 * @param shape extents, slowest-varying first; empty for a single number
 * @param offset where its data starts, bytes from the start of the file
 * @param size bytes of its data
 */
public record StoredTensor(String name, Dtype dtype, List<Long> shape, long offset, long size) {
    public StoredTensor {
        shape = List.copyOf(shape);
    }

    /** Number of elements. */
    public long elements() {
        return size / dtype.bytes();
    }
}
