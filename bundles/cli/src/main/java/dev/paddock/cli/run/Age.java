package dev.paddock.cli.run;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** How long this process exists, the script that became it included. */
public final class Age {
    /** starttime, field 22 of proc_pid_stat(5), counted from the state on, which is field 3. */
    private static final int START_FIELD = 19;

    private static final double TICKS_PER_SECOND = 100;

    private Age() {}

    /**
     * From Linux's own counters of hundredths of a second: what {@link ProcessHandle} tells as the start is off by up
     * to a second. Elsewhere from the start of the JVM.
     */
    public static Duration ofThisProcess() {
        try {
            String uptime = Files.readString(Path.of("/proc/uptime"));
            String stat = Files.readString(Path.of("/proc/self/stat"));
            double now = Double.parseDouble(uptime.substring(0, uptime.indexOf(' ')));
            String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            double start = Long.parseLong(afterName[START_FIELD]) / TICKS_PER_SECOND;
            return Duration.ofMillis(Math.max(0, (long) ((now - start) * 1000)));
        } catch (IOException | RuntimeException _) {
            return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
        }
    }
}
