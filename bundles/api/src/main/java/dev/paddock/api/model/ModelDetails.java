package dev.paddock.api.model;

import java.util.List;

/**
 * Facts about a model's weights.
 *
 * @param parentModel display name of the model it was made from, or empty
 * @param format container of the weights, {@code gguf}
 * @param family architecture, for example {@code llama}
 * @param families all architectures in it
 * @param parameterSize rounded parameter count for people, for example {@code 4.07M}
 * @param quantization name of the file type, for example {@code Q8_0}
 * @param contextLength tokens the model was trained for; 0 when unknown
 * @param embeddingLength width of its hidden state; 0 when unknown
 */
public record ModelDetails(
        String parentModel,
        String format,
        String family,
        List<String> families,
        String parameterSize,
        String quantization,
        long contextLength,
        long embeddingLength) {}
