package dev.paddock.gguf.model;

import dev.paddock.gguf.GgmlType;
import dev.paddock.gguf.GgufFile;
import dev.paddock.gguf.TensorInfo;
import dev.paddock.gguf.model.ModelSanity.Fault;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/** How tensors are packed. llama.cpp compares their shapes in words, but finds their types only while it computes. */
final class TensorSanity {
    /** llama.cpp's {@code GGML_MAX_NAME}, with its NUL. */
    private static final int MOST_NAME_BYTES = 63;

    /** Types of what is computed meanwhile, or of nothing: there is no code that multiplies with them. */
    private static final Set<GgmlType> NO_WEIGHTS =
            EnumSet.of(GgmlType.I8, GgmlType.I16, GgmlType.F64, GgmlType.Q8_1, GgmlType.Q8_K);

    /** Types of tables of numbers, which some models have; weights are never such. */
    private static final Set<GgmlType> TABLES = EnumSet.of(GgmlType.I32, GgmlType.I64);

    private TensorSanity() {}

    static void check(GgufFile file) throws Fault {
        for (TensorInfo tensor : file.tensors()) {
            if (tensor.name().getBytes(StandardCharsets.UTF_8).length > MOST_NAME_BYTES) {
                throw new Fault("has a tensor with a name of more than " + MOST_NAME_BYTES + " bytes");
            }
            boolean table = TABLES.contains(tensor.type());
            if (NO_WEIGHTS.contains(tensor.type()) || (table && weight(tensor.name()))) {
                throw new Fault(
                        "has " + tensor.name() + " packed as " + tensor.type() + ", which cannot be computed with");
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

    private static boolean weight(String name) {
        return name.endsWith(".weight") && !name.contains("tid2eid");
    }

    private static boolean exact(TensorInfo tensor) {
        return tensor.name().endsWith("norm.weight") || tensor.name().endsWith(".bias");
    }

    private static boolean vector(TensorInfo tensor) {
        return tensor.elements() == (tensor.dims().isEmpty() ? 1 : tensor.dims().getFirst());
    }
}
