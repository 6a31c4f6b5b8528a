package dev.paddock.api.inference;

import java.time.Duration;
import java.util.List;

/**
 * The scores of a {@link RerankRequest}.
 *
 * @param model the model that answered, by its full display name
 * @param scores one for each document, in the order of the documents; higher is better, by the model's own scale
 * @param promptTokens tokens of all pairs of query and document
 * @param truncated indexes of the documents that were cut
 * @param load waiting for the model to be ready; zero when it was loaded
 * @param total from the request to the end
 */
public record Ranking(
        String model, float[] scores, int promptTokens, List<Integer> truncated, Duration load, Duration total) {
    public Ranking {
        truncated = List.copyOf(truncated);
    }
}
