package dev.paddock.api.engine;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a model is to be loaded.
 *
 * @param model display name, for messages and logs
 * @param weights the GGUF file
 * @param digest identifies these weights for a cache that outlives the runner; empty = such a cache is not used
 * @param contextLength tokens of context; 0 = what the model was trained for, within the engine's limit
 * @param batch most tokens in one decode call; 0 = the engine's default
 * @param parallel sequences that may run at once; 0 = by model and memory, at least 4
 * @param threads compute threads; 0 = by the machine
 * @param gpuLayers layers on the GPU; -1 = all, 0 = none
 * @param draft a small model that guesses tokens ahead; {@link Draft#NONE} without
 */
public record LoadOrder(
        String model,
        Path weights,
        String digest,
        int contextLength,
        int batch,
        int parallel,
        int threads,
        int gpuLayers,
        Draft draft) {
    /** The same with another draft model, or with what was found out about it. */
    public LoadOrder with(Draft other) {
        return new LoadOrder(model, weights, digest, contextLength, batch, parallel, threads, gpuLayers, other);
    }

    /**
     * A small model that guesses tokens ahead for another, whose vocabulary it must have. No model is refused for its
     * draft's sake: one that cannot be used is left out, with the reason.
     *
     * @param model display name; empty = none is wanted
     * @param weights the GGUF file; empty when it is not found yet or not used
     * @param refusal why it is not used, in words that go on after its name; empty otherwise
     */
    public record Draft(String model, Optional<Path> weights, String refusal) {
        /** No draft model is wanted. */
        public static final Draft NONE = new Draft("", Optional.empty(), "");

        /** A model that is wanted and still to be found. */
        public static Draft of(String model) {
            return new Draft(model, Optional.empty(), "");
        }

        /** It is there. */
        public Draft found(Path file) {
            return new Draft(model, Optional.of(file), "");
        }

        /** It is not used. */
        public Draft refused(String why) {
            return new Draft(model, Optional.empty(), why);
        }

        /** Whether somebody asked for one, usable or not. */
        public boolean wanted() {
            return !model.isEmpty();
        }
    }
}
