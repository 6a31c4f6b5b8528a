package dev.paddock.runner;

/** How many sequences run at once when nobody said: more where memory is plenty. */
final class Parallel {
    private static final int LEAST = 4;
    private static final int MOST = 16;
    /** The part of the memory that sequences beyond the least may take. */
    private static final int MEMORY_PART = 8;

    private Parallel() {}

    /**
     * Chooses.
     *
     * @param bytesPerToken KV cache of a token; at least 1
     * @param contextLength tokens of each sequence
     * @param availableBytes memory that is free for it
     * @return 4 to 16
     */
    static int choose(long bytesPerToken, int contextLength, long availableBytes) {
        long each = bytesPerToken * contextLength;
        long fit = availableBytes / MEMORY_PART / Math.max(1, each);
        return (int) Math.clamp(fit, LEAST, MOST);
    }
}
