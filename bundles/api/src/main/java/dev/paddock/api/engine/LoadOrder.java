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
 * @param draft a small model with the same vocabulary that guesses tokens ahead
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
        Optional<Path> draft) {}
