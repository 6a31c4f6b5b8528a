package dev.paddock.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Memory that this process may still take: what the system has available, and the control group allows.
 *
 * @param meminfo the kernel's account of the system
 * @param group directory of the control group
 */
public record FreeMemory(Path meminfo, Path group) {
    private static final String AVAILABLE = "MemAvailable:";
    private static final String IDLE_FILES = "inactive_file ";

    /** Of this machine. */
    static FreeMemory here() {
        return new FreeMemory(Path.of("/proc/meminfo"), Path.of("/sys/fs/cgroup"));
    }

    /** In bytes, at least 1; 0 where nothing tells. */
    public long bytes() {
        long available = available();
        long limit = number(group.resolve("memory.max"));
        long used = number(group.resolve("memory.current"));
        if (limit < 0 || used < 0) return available;
        // Files that were read count as used, but give way.
        return Math.min(available, Math.max(1, limit - Math.max(0, used - idleFiles())));
    }

    private long available() {
        return value(meminfo, AVAILABLE) * 1024; // another system: 0, the least will do
    }

    private long idleFiles() {
        return value(group.resolve("memory.stat"), IDLE_FILES);
    }

    /** The number in the line that begins so; 0 when there is none. */
    private static long value(Path file, String beginning) {
        try {
            for (String line : Files.readAllLines(file)) {
                if (!line.startsWith(beginning)) continue;
                String number =
                        line.substring(beginning.length()).replace("kB", "").strip();
                return Long.parseLong(number);
            }
            return 0;
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    /** -1 when the file is not there or says that there is no limit. */
    private static long number(Path file) {
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (IOException | NumberFormatException e) {
            return -1;
        }
    }
}
