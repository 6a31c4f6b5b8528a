package dev.paddock.api.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/** How long this process exists, the script that became it included. */
public final class ProcessAge {
    /** starttime, field 22 of proc_pid_stat(5), counted from the state on, which is field 3. */
    private static final int START_FIELD = 19;

    private static final double TICKS_PER_SECOND = 100;

    private ProcessAge() {}

    /**
     * From Linux's own counters of hundredths of a second: what {@link ProcessHandle} tells as the start is off by up
     * to a second. Elsewhere what is told must do.
     *
     * @param told gives the age as far as the caller knows it otherwise
     */
    public static Duration orElseGet(Supplier<Duration> told) {
        try {
            String uptime = Files.readString(Path.of("/proc/uptime"));
            String stat = Files.readString(Path.of("/proc/self/stat"));
            double now = Double.parseDouble(uptime.substring(0, uptime.indexOf(' ')));
            String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            double start = Long.parseLong(afterName[START_FIELD]) / TICKS_PER_SECOND;
            return Duration.ofMillis(Math.max(0, (long) ((now - start) * 1000)));
        } catch (IOException | RuntimeException _) {
            return told.get();
        }
    }
}
