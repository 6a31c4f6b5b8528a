package dev.paddock.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One request of each client, all sent at once, and its speeds. A speed is empty when it cannot be told honestly.
 *
 * @param clients how many there were
 * @param samples one of each
 * @param start when they were let go, of {@link System#nanoTime}
 * @param end when the last was over
 */
record Turn(int clients, List<Sample> samples, long start, long end) {
    private static final double SECOND = 1e9;

    Turn {
        samples = List.copyOf(samples);
    }

    /** Those that ended well. */
    List<Sample> good() {
        return samples.stream().filter(Sample::good).toList();
    }

    /** Prompt tokens a second of all clients, until the last of them had its first piece. */
    OptionalDouble promptSpeed() {
        long tokens = good().stream().mapToLong(Sample::promptTokens).sum();
        long last = good().stream().mapToLong(Sample::first).max().orElse(start);
        return speed(tokens, last - start);
    }

    /**
     * Tokens a second of all clients together, in the time in which every one of them was being answered. Empty when
     * there was no such time, as when a server answers them one after the other, or when one failed.
     */
    OptionalDouble decodeSpeed() {
        List<Sample> good = good();
        if (good.isEmpty() || good.size() < clients) return OptionalDouble.empty();
        long from = good.stream().mapToLong(Sample::first).max().orElseThrow();
        long to = good.stream().mapToLong(Sample::last).min().orElseThrow();
        double tokens = 0;
        for (Sample sample : good) {
            long pieces = sample.arrivals().stream()
                    .filter(at -> at > from && at <= to)
                    .count();
            // A piece may hold more than a token.
            tokens += (double) pieces * sample.tokens() / sample.arrivals().size();
        }
        return speed(tokens, to - from);
    }

    /** Answered tokens a second of all clients, prompts and waiting included. */
    OptionalDouble totalSpeed() {
        return speed(good().stream().mapToLong(Sample::tokens).sum(), end - start);
    }

    private static OptionalDouble speed(double tokens, long nanos) {
        return tokens <= 0 || nanos <= 0 ? OptionalDouble.empty() : OptionalDouble.of(tokens * SECOND / nanos);
    }

    /** Milliseconds to the first piece, of each request that ended well. */
    List<Double> firstMillis() {
        return good().stream().map(Sample::firstMillis).toList();
    }

    /** Milliseconds between pieces, of all requests that ended well. */
    List<Double> gapMillis() {
        List<Double> gaps = new ArrayList<>();
        for (Sample sample : good()) {
            List<Long> at = sample.arrivals();
            for (int i = 1; i < at.size(); i++) gaps.add((at.get(i) - at.get(i - 1)) / 1e6);
        }
        return gaps;
    }
}
