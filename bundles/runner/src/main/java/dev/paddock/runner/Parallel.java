package dev.paddock.runner;

/** How many sequences run at once when nobody said: more where memory is plenty. */
final class Parallel {
    private static final int LEAST = 4;
    private static final int MOST = 16;
    /** The part of the memory that sequences beyond the least may take. */
    private static final int MEMORY_PART = 8;

    private Parallel() {}

    /**
     * The memory that a cache has when its parts lie where the layers are, as if all of it lay in one place.
     *
     * @param hostFree bytes
     * @param devicesFree bytes
     * @param gpuLayers on devices, the output layer counted: it goes there first and has no cache
     * @param layers all there are, the output layer counted
     */
    static long room(long hostFree, long devicesFree, int gpuLayers, int layers) {
        int all = Math.max(1, layers - 1);
        int there = Math.clamp(gpuLayers - 1L, 0, all);
        double host = there == all ? Double.MAX_VALUE : (double) hostFree * all / (all - there);
        double devices = there == 0 ? Double.MAX_VALUE : (double) devicesFree * all / there;
        return (long) Math.min(host, devices);
    }

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
