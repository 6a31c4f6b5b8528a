package dev.paddock.api.engine;

import java.time.Duration;

/**
 * What a generation took.
 *
 * @param promptTokens tokens of the prompt
 * @param cachedTokens those that did not need to be computed
 * @param completionTokens tokens generated, the end token not counted
 * @param shiftedTokens tokens dropped because the context was full
 * @param draftedTokens tokens guessed ahead by speculation
 * @param acceptedTokens guessed tokens that were right
 * @param resumes how often it went on in another runner because its own had died
 * @param promptTime computing the prompt
 * @param completionTime from the first token to the last
 */
public record Tally(
        int promptTokens,
        int cachedTokens,
        int completionTokens,
        int shiftedTokens,
        int draftedTokens,
        int acceptedTokens,
        int resumes,
        Duration promptTime,
        Duration completionTime) {
    /** An answer without cache, shift, speculation or accident. */
    public static Tally plain(int promptTokens, int completionTokens, Duration promptTime, Duration completionTime) {
        return new Tally(promptTokens, 0, completionTokens, 0, 0, 0, 0, promptTime, completionTime);
    }
}
