package dev.paddock.gguf.model;

import dev.paddock.gguf.GgmlType;
import dev.paddock.gguf.GgufFile;
import dev.paddock.gguf.TensorInfo;
import dev.paddock.gguf.model.ModelSanity.Fault;
import java.nio.charset.StandardCharsets;

/** How tensors are packed. llama.cpp compares their shapes in words, but finds their types only while it computes. */
final class TensorSanity {
    /** llama.cpp's {@code GGML_MAX_NAME}, with its NUL. */
    private static final int MOST_NAME_BYTES = 63;

    private TensorSanity() {}

    static void check(GgufFile file) throws Fault {
        for (TensorInfo tensor : file.tensors()) {
            if (tensor.name().getBytes(StandardCharsets.UTF_8).length > MOST_NAME_BYTES) {
                throw new Fault("has a tensor with a name of more than " + MOST_NAME_BYTES + " bytes");
            }
            if (exact(tensor) && tensor.type() != GgmlType.F32) {
                throw new Fault("has " + tensor.name() + " packed as " + tensor.type()
                        + "; what is added, or multiplied number by number, must be F32");
            }
            if (vector(tensor) && tensor.type().blockSize() > 1) {
                throw new Fault("has " + tensor.name() + ", which is one row, packed as " + tensor.type());
            }
        }
    }

    private static boolean exact(TensorInfo tensor) {
        return tensor.name().endsWith("norm.weight") || tensor.name().endsWith(".bias");
    }

    private static boolean vector(TensorInfo tensor) {
        return tensor.elements() == (tensor.dims().isEmpty() ? 1 : tensor.dims().getFirst());
    }
}
