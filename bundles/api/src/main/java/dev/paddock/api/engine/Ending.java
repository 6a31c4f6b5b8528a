package dev.paddock.api.engine;

import java.util.List;
import java.util.OptionalInt;

/**
 * When a generation stops.
 *
 * @param maxTokens most tokens to generate; -1 = until the context is full
 * @param stop texts that end the answer and are not part of it
 * @param shift what happens when the context is full: so many tokens at its start stay, half of the rest is dropped and
 *     the answer goes on; empty = the answer ends there
 */
public record Ending(int maxTokens, List<String> stop, OptionalInt shift) {
    public Ending {
        stop = List.copyOf(stop);
    }

    /** Ends after so many tokens at the latest. */
    public static Ending after(int maxTokens) {
        return new Ending(maxTokens, List.of(), OptionalInt.empty());
    }
}
