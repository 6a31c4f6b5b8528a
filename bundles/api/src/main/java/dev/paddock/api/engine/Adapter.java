package dev.paddock.api.engine;

import java.nio.file.Path;

/**
 * A LoRA adapter in use.
 *
 * @param file the GGUF file
 * @param scale how much it counts; 1 = as trained
 */
public record Adapter(Path file, float scale) {}
