package dev.paddock.api.inference;

import java.time.Duration;

/**
 * What an answer cost.
 *
 * @param promptTokens tokens of the prompt, cached ones included
 * @param cachedTokens tokens of the prompt that did not need to be computed
 * @param completionTokens tokens generated
 * @param load waiting for the model to be ready; zero when it was loaded
 * @param promptTime computing the prompt
 * @param completionTime from the first token to the last
 * @param total from the request to the end
 */
public record Usage(
        int promptTokens,
        int cachedTokens,
        int completionTokens,
        Duration load,
        Duration promptTime,
        Duration completionTime,
        Duration total) {}
