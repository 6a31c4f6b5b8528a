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
 * @param leastContext the least context that will do when memory is short; as {@code contextLength} when a request named it
 * @param hostCacheLimit most bytes of host memory for computed prefixes, where the engine's setting allows more
 * @param placement what computes it
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
        int leastContext,
        long hostCacheLimit,
        Placement placement,
        Draft draft) {
    /** On the CPU alone, with the context as given. */
    public LoadOrder(
            String model, Path weights, String digest, int contextLength, int batch, int parallel, int threads) {
        this(
                model,
                weights,
                digest,
                contextLength,
                batch,
                parallel,
                threads,
                contextLength,
                Long.MAX_VALUE,
                Placement.CPU,
                Draft.NONE);
    }

    /** The same with another draft model, or with what was found out about it. */
    public LoadOrder with(Draft other) {
        return copy(contextLength, parallel, hostCacheLimit, placement, other);
    }

    /** The same, computed elsewhere. */
    public LoadOrder on(Placement other) {
        return copy(contextLength, parallel, hostCacheLimit, other, draft);
    }

    /** The same with another context and number of sequences. */
    public LoadOrder sized(int context, int sequences) {
        return copy(context, sequences, hostCacheLimit, placement, draft);
    }

    /** The same with another limit of host memory for computed prefixes. */
    public LoadOrder limited(long hostCache) {
        return copy(contextLength, parallel, hostCache, placement, draft);
    }

    private LoadOrder copy(int context, int sequences, long hostCache, Placement where, Draft guesser) {
        return new LoadOrder(
                model, weights, digest, context, batch, sequences, threads, leastContext, hostCache, where, guesser);
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
