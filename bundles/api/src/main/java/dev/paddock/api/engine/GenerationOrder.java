package dev.paddock.api.engine;

import java.util.List;

/**
 * One prompt to be continued.
 *
 * @param prompt token ids; at least one
 * @param sampling how tokens are chosen
 * @param maxTokens most tokens to generate; -1 = until the context is full
 * @param stop texts that end the answer and are not part of it
 */
public record GenerationOrder(int[] prompt, Sampling sampling, int maxTokens, List<String> stop) {
    public GenerationOrder {
        stop = List.copyOf(stop);
    }
}
