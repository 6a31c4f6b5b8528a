package dev.paddock.cli.bench;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Milliseconds to the first piece of the same prompts, when they were new and when they came again.
 *
 * @param cold the first time
 * @param cached the second time
 */
record Prefix(List<Double> cold, List<Double> cached) {
    Prefix {
        cold = List.copyOf(cold);
        cached = List.copyOf(cached);
    }

    OptionalDouble coldMillis() {
        return Statistics.median(cold);
    }

    OptionalDouble cachedMillis() {
        return Statistics.median(cached);
    }

    OptionalDouble ratio() {
        return Level.ratio(cachedMillis(), coldMillis());
    }
}
