package dev.paddock.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How long each step of the start took, from the birth of the process on. */
final class Timings {
    /** starttime, field 22 of proc_pid_stat(5), counted from the state on, which is field 3. */
    private static final int START_FIELD = 19;

    private static final double TICKS_PER_SECOND = 100;

    private final List<String> steps = new ArrayList<>();
    private final Instant born;
    private Instant last;

    Timings() {
        born = Instant.now().minus(age());
        last = born;
    }

    /**
     * How long this process exists, shell included. From Linux's own counters of hundredths of a second: what the JDK
     * tells as the start is off by up to a second. Elsewhere the time before {@code main} is left out.
     */
    private static Duration age() {
        try {
            String uptime = Files.readString(Path.of("/proc/uptime"));
            String stat = Files.readString(Path.of("/proc/self/stat"));
            double now = Double.parseDouble(uptime.substring(0, uptime.indexOf(' ')));
            String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            double start = Long.parseLong(afterName[START_FIELD]) / TICKS_PER_SECOND;
            return Duration.ofMillis(Math.max(0, (long) ((now - start) * 1000)));
        } catch (IOException | RuntimeException _) {
            return Duration.ZERO;
        }
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
