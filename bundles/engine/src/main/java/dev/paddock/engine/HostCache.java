package dev.paddock.engine;

import dev.paddock.runner.protocol.Message;

/** How much host memory a runner may use for prefixes: as the setting says, within what its order allows. */
final class HostCache {
    /** Where the setting leaves it to the runner, it takes so much of the memory, as the runner computes it. */
    private static final int SHARE = 8;

    private static final long MOST = 8L << 30;

    private HostCache() {}

    /**
     * The tuning within an order's limit.
     *
     * @param limit bytes; {@link Long#MAX_VALUE} = none
     * @param memory bytes of the machine's memory
     */
    static Message.Tuning within(Message.Tuning tuning, long limit, long memory) {
        if (limit == Long.MAX_VALUE) return tuning;
        long wanted = tuning.hostCacheBytes() < 0 ? Math.min(MOST, memory / SHARE) : tuning.hostCacheBytes();
        long allowed = Math.max(0, Math.min(wanted, limit));
        return new Message.Tuning(allowed, tuning.diskCacheBytes(), tuning.speculate());
    }
}
