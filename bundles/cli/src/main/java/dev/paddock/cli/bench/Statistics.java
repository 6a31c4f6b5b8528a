package dev.paddock.cli.bench;

import java.util.Collection;
import java.util.OptionalDouble;

/** Medians and percentiles of measurements. */
final class Statistics {
    private Statistics() {}

    /** The middle value, or the mean of the two in the middle; empty of nothing. */
    static OptionalDouble median(Collection<Double> values) {
        double[] sorted = sorted(values);
        if (sorted.length == 0) return OptionalDouble.empty();
        int middle = sorted.length / 2;
        return OptionalDouble.of(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }

    /**
     * The smallest value that at least so many percent do not exceed (nearest rank): always one that was measured.
     *
     * @param percent above 0, up to 100
     */
    static OptionalDouble percentile(Collection<Double> values, double percent) {
        if (!(percent > 0 && percent <= 100)) throw new IllegalArgumentException("percent: " + percent);
        double[] sorted = sorted(values);
        if (sorted.length == 0) return OptionalDouble.empty();
        return OptionalDouble.of(sorted[(int) Math.ceil(percent / 100 * sorted.length) - 1]);
    }

    private static double[] sorted(Collection<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }
}
