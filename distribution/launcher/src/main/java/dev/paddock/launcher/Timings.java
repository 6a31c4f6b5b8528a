package dev.paddock.launcher;

import dev.paddock.api.settings.ProcessAge;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How long each step of the start took, from the birth of the process on. */
final class Timings {
    private final List<String> steps = new ArrayList<>();
    private final Instant born;
    private Instant last;

    Timings() {
        born = Instant.now().minus(ProcessAge.orElseGet(() -> Duration.ZERO));
        last = born;
    }

    /** The step that ends now. */
    void step(String name) {
        Instant now = Instant.now();
        steps.add(name + " " + Duration.between(last, now).toMillis());
        last = now;
    }

    /** {@code 612 ms (JVM 110, framework 160, ...)}. */
    @Override
    public String toString() {
        return Duration.between(born, last).toMillis() + " ms (" + String.join(", ", steps) + ")";
    }
}
