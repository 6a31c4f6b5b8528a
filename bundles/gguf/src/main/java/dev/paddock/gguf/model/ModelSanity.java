package dev.paddock.gguf.model;

import dev.paddock.gguf.GgufFile;
import java.util.Optional;

/**
 * Whether a sound file is also a model that llama.cpp may see: it ends its process, instead of saying what is wrong,
 * for values that no real model has. Each rule here stands for such a case that was seen, or for one that its code
 * shows; what llama.cpp refuses in words is left to it.
 */
public final class ModelSanity {
    private ModelSanity() {}

    /**
     * Judges a model; adapters and projectors are not for this.
     *
     * @param file read with all its arrays
     * @return what is wrong, in words that go on after "it"; empty = nothing
     */
    public static Optional<String> fault(GgufFile file) {
        try {
            check(file);
            return Optional.empty();
        } catch (Fault e) {
            return Optional.of(e.getMessage());
        }
    }

    private static void check(GgufFile file) throws Fault {
        if (file.architecture().isEmpty()) throw new Fault("does not name its architecture (general.architecture)");
        if (file.tensors().isEmpty()) throw new Fault("holds no tensors");
        if (file.integer("split.count").orElse(0) > 1) {
            throw new Fault("is one part of a split model; create the model from all its parts");
        }
        TensorSanity.check(file);
        new ShapeSanity(file).check();
        new VocabularySanity(file).check();
    }

    /** What a rule found. */
    static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;

        Fault(String what) {
            super(what, null, false, false);
        }
    }
}
