package dev.paddock.runner.decode;

/**
 * Decides what goes into the next batch: first one token of every sequence that generates, then prompts, oldest first.
 * While somebody reads a stream, prompts get no more than one micro-batch, so that no stream waits longer than that.
 */
final class BatchPlan {
    private final int batch;
    private final int microBatch;

    /**
     * @param batch most tokens in a batch; at least the number of sequences
     * @param microBatch most tokens that are computed at a time
     */
    BatchPlan(int batch, int microBatch) {
        this.batch = batch;
        this.microBatch = microBatch;
    }

    /**
     * Shares a batch out.
     *
     * @param pending tokens each sequence has to put in, oldest sequence first; at least 1
     * @param generating which of them continue an answer, and so have one pending
     * @param count how many sequences there are
     * @param shares gets how many of its pending tokens each sequence puts in; 0 = it waits
     */
    void share(int[] pending, boolean[] generating, int count, int[] shares) {
        int streams = 0;
        for (int i = 0; i < count; i++) {
            shares[i] = generating[i] ? 1 : 0;
            streams += shares[i];
        }
        int room = batch - streams;
        if (streams > 0) room = Math.min(room, Math.max(1, microBatch - streams));
        for (int i = 0; i < count; i++) {
            if (!generating[i]) {
                shares[i] = Math.min(pending[i], room);
                room -= shares[i];
            }
        }
    }
}
