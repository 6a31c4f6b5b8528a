package dev.paddock.api.engine;

import java.nio.file.Path;

/**
 * How a model is to be loaded.
 *
 * @param model display name, for messages and logs
 * @param weights the GGUF file
 * @param contextLength tokens of context; 0 = what the model was trained for, within the engine's limit
 * @param batch most tokens in one decode call; 0 = the engine's default
 * @param parallel sequences that may run at once; at least 1
 * @param threads compute threads; 0 = by the machine
 * @param gpuLayers layers on the GPU; -1 = all, 0 = none
 */
public record LoadOrder(
        String model, Path weights, int contextLength, int batch, int parallel, int threads, int gpuLayers) {}
