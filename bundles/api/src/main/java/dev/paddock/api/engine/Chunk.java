package dev.paddock.api.engine;

import java.time.Duration;

/** What a generation gives. */
public sealed interface Chunk {
    /**
     * More text.
     *
     * @param text whole characters only; may be empty while a character or a possible stop text is incomplete
     * @param tokens the tokens it came from
     */
    record Text(String text, int[] tokens) implements Chunk {}

    /**
     * The end.
     *
     * @param reason why
     * @param promptTokens tokens of the prompt
     * @param cachedTokens those that did not need to be computed
     * @param completionTokens tokens generated, the end token not counted
     * @param promptTime computing the prompt
     * @param completionTime from the first token to the last
     */
    record End(
            StopReason reason,
            int promptTokens,
            int cachedTokens,
            int completionTokens,
            Duration promptTime,
            Duration completionTime)
            implements Chunk {}
}
