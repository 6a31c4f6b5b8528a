package dev.paddock.metrics;

import java.util.concurrent.atomic.AtomicLongArray;

/** Counts by the second, for the last minute. No lock: one number holds a second and its count. Safe for many threads. */
final class Seconds {
    /** How many full seconds are told. */
    static final int TOLD = 60;

    private static final int SLOTS = 64;
    private static final long COUNT = 0xFFFF_FFFFL;

    private final AtomicLongArray slots = new AtomicLongArray(SLOTS);

    /** @param second since any fixed time, not negative */
    void add(long second, int count) {
        slots.accumulateAndGet(index(second), count, (held, more) -> {
            long sum = held >>> 32 == (second & COUNT) ? (held & COUNT) + more : more;
            return second << 32 | Math.min(sum, COUNT);
        });
    }

    private static int index(long second) {
        return (int) (second % SLOTS);
    }

    /** The {@value #TOLD} seconds before this one, newest last. */
    int[] before(long second) {
        int[] counts = new int[TOLD];
        for (int i = 0; i < TOLD; i++) {
            long wanted = second - TOLD + i;
            if (wanted < 0) continue;
            long held = slots.get(index(wanted));
            if (held >>> 32 == (wanted & COUNT)) counts[i] = (int) (held & COUNT);
        }
        return counts;
    }
}
