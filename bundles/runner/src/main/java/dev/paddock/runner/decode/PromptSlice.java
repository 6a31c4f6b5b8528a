package dev.paddock.runner.decode;

/**
 * How many prompt tokens go into a step: while somebody reads a stream as many as keep it near a quarter of a second on
 * this machine, by what earlier steps took; otherwise so many that even a huge model shows progress now and then.
 */
final class PromptSlice {
    private static final long TARGET_NANOS = 250_000_000;
    /** Far below the time without progress after which a runner counts as hung. */
    private static final long LONGEST_NANOS = 10_000_000_000L;
    /** Smaller slices waste more than they smooth. */
    private static final int LEAST = 32;
    /** Fewer tokens say more about the rest of the step than about their own price. */
    private static final int TELLING = 16;

    private static final double WEIGHT_OF_NEW = 0.5;

    private final int least;
    private final int most;
    private double nanosPerToken;

    /** @param microBatch most tokens computed at a time */
    PromptSlice(int microBatch) {
        most = microBatch;
        least = Math.min(LEAST, microBatch);
    }

    /** Prompt tokens for the next step when nobody reads a stream: at least 32. */
    int alone() {
        if (nanosPerToken == 0) return tokens();
        return (int) Math.clamp((long) (LONGEST_NANOS / nanosPerToken), least, Integer.MAX_VALUE);
    }

    /** Prompt tokens for the next step beside streams: 32 to the micro-batch. */
    int tokens() {
        if (nanosPerToken == 0) return Math.max(least, most / 4);
        return (int) Math.clamp((long) (TARGET_NANOS / nanosPerToken), least, most);
    }

    /**
     * Learns from a step.
     *
     * @param promptTokens of prompts, computed in this step
     * @param nanos that the whole step took
     */
    void measured(int promptTokens, long nanos) {
        if (promptTokens < TELLING || nanos <= 0) return;
        double now = (double) nanos / promptTokens;
        nanosPerToken = nanosPerToken == 0 ? now : nanosPerToken + WEIGHT_OF_NEW * (now - nanosPerToken);
    }
}
