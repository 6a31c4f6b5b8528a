package dev.paddock.runner.decode;

/**
 * Decides what goes into the next batch: first all that sequences that generate have to put in, then prompts in equal
 * parts; what one does not need goes to the others. Prompts stay within their slice, and while somebody reads a stream
 * the batch within a micro-batch, so that no stream waits longer than that.
 */
final class BatchPlan {
    private final int batch;
    private final int microBatch;
    private int turn;

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
     * @param pending tokens each sequence has to put in; 0 = it sits this one out. Those of sequences that generate
     *     must fit into a batch together, and leave a place when a prompt waits
     * @param generating which of them continue an answer
     * @param count how many sequences there are
     * @param slice most prompt tokens; at least 1
     * @param shares gets how many of its pending tokens each sequence puts in; 0 = it waits
     * @return prompt tokens in it
     */
    int share(int[] pending, boolean[] generating, int count, int slice, int[] shares) {
        int streams = 0;
        int prompts = 0;
        for (int i = 0; i < count; i++) {
            shares[i] = generating[i] ? pending[i] : 0;
            streams += shares[i];
            if (!generating[i] && pending[i] > 0) prompts++;
        }
        if (prompts == 0) return 0;
        int room = Math.min(slice, batch - streams);
        if (streams > 0) room = Math.min(room, Math.max(1, microBatch - streams));
        return room - deal(pending, generating, count, room, shares);
    }

    /** Gives prompts equal parts until the room or the prompts are used up; what is left of the room. */
    private int deal(int[] pending, boolean[] generating, int count, int room, int[] shares) {
        int left = room;
        int hungry = hungry(pending, generating, count, shares);
        while (left >= hungry && hungry > 0) {
            int part = left / hungry;
            for (int i = 0; i < count; i++) {
                if (generating[i]) continue;
                int more = Math.min(pending[i] - shares[i], part);
                shares[i] += more;
                left -= more;
            }
            hungry = hungry(pending, generating, count, shares);
        }
        return hungry == 0 ? left : dealSingly(pending, generating, count, left, shares);
    }

    /** Fewer places than prompts: they go round, step by step, so that each gets one in time. */
    private int dealSingly(int[] pending, boolean[] generating, int count, int room, int[] shares) {
        int left = room;
        for (int i = 0; i < count && left > 0; i++) {
            int at = (turn + i) % count;
            if (generating[at] || shares[at] == pending[at]) continue;
            shares[at]++;
            left--;
            if (left == 0) turn = (at + 1) % count;
        }
        return left;
    }

    private static int hungry(int[] pending, boolean[] generating, int count, int[] shares) {
        int hungry = 0;
        for (int i = 0; i < count; i++) {
            if (!generating[i] && shares[i] < pending[i]) hungry++;
        }
        return hungry;
    }
}
