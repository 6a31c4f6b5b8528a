package dev.paddock.api.inference;

import java.time.Duration;
import java.util.List;

/**
 * The vectors of an {@link EmbedRequest}.
 *
 * @param model the model that answered, by its full display name
 * @param vectors one for each input, of length 1 (L2 norm)
 * @param promptTokens tokens of all inputs, those that were cut off not counted
 * @param truncated indexes of the inputs that were cut
 * @param load waiting for the model to be ready; zero when it was loaded
 * @param total from the request to the end
 */
public record Embeddings(
        String model, List<float[]> vectors, int promptTokens, List<Integer> truncated, Duration load, Duration total) {
    public Embeddings {
        vectors = List.copyOf(vectors);
        truncated = List.copyOf(truncated);
    }
}
