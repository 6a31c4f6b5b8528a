package dev.paddock.api.model;

import java.util.List;

/**
 * One tensor of a model, for those who look into it.
 *
 * @param name unique in the model
 * @param type how its elements are packed, for example {@code Q4_K}
 * @param shape extents, fastest-varying first
 */
public record TensorFact(String name, String type, List<Long> shape) {
    public TensorFact {
        shape = List.copyOf(shape);
    }
}
