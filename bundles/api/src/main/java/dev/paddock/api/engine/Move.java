package dev.paddock.api.engine;

import java.time.Duration;

/**
 * How a {@linkplain LoadedModel#move move} went.
 *
 * @param moved false when the old runner goes on
 * @param reason in words, why not; of a move that was made: what the canary saw, or why there was none
 * @param answers how many running answers went on in the new runner
 * @param pause the longest time that one of them gave nothing
 */
public record Move(boolean moved, String reason, int answers, Duration pause) {
    /**
     * How a move is to be made.
     *
     * @param canary the new runner must first answer as the old one does, and not much slower
     * @param stopFirst the old runner ends before the new one starts: for machines without memory for both
     */
    public record Terms(boolean canary, boolean stopFirst) {}
}
