package dev.paddock.api.engine;

import java.nio.file.Path;

/**
 * A model file whose weights are to be packed anew.
 *
 * @param source a whole, sound GGUF file of a model
 * @param target where to write; replaced when it is there
 * @param type llama.cpp's name of the result, such as {@code Q4_K_M}, in any case
 * @param requantize whether weights that are packed already may be packed again, which loses quality
 * @param threads 1 to 512; 0 = one for each processor
 */
public record QuantizeOrder(Path source, Path target, String type, boolean requantize, int threads) {
    /** Told how far it is; called by the thread that ordered it, must not block for long. */
    @FunctionalInterface
    public interface Progress {
        /**
         * So many bytes of the source's weights are done.
         *
         * @param done never less than before
         * @param total at least 1
         */
        void at(long done, long total);
    }
}
