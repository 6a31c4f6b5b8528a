package dev.paddock.metrics;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.stream.LongStream;

/** The median of what was measured in each second of the last minute; bounded. Safe for many threads. */
final class Medians {
    private static final int MOST = 6_000;

    private record Measured(long second, long value) {}

    private final Deque<Measured> measured = new ArrayDeque<>();

    synchronized void add(long second, long value) {
        if (measured.size() == MOST) measured.removeFirst();
        measured.addLast(new Measured(second, value));
    }

    /** One for each of the {@link Seconds#TOLD} seconds before this one, newest last; null = nothing was measured. */
    synchronized Long[] before(long second) {
        measured.removeIf(one -> one.second < second - Seconds.TOLD);
        Long[] medians = new Long[Seconds.TOLD];
        for (int i = 0; i < medians.length; i++) medians[i] = median(second - Seconds.TOLD + i);
        return medians;
    }

    private Long median(long second) {
        long[] values = measured.stream()
                .filter(one -> one.second == second)
                .flatMapToLong(one -> LongStream.of(one.value))
                .toArray();
        Arrays.sort(values);
        return values.length == 0 ? null : values[values.length / 2];
    }
}
