package dev.paddock.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory that this process may still take: what the system has available, and the control group allows. */
final class FreeMemory {
    private static final String AVAILABLE = "MemAvailable:";

    private FreeMemory() {}

    /** In bytes; 0 where nothing tells. */
    static long bytes() {
        return bytes(Path.of("/proc/meminfo"), Path.of("/sys/fs/cgroup"));
    }

    static long bytes(Path meminfo, Path group) {
        long available = available(meminfo);
        long limit = number(group.resolve("memory.max"));
        long used = number(group.resolve("memory.current"));
        return limit < 0 || used < 0 ? available : Math.min(available, Math.max(0, limit - used));
    }

    private static long available(Path meminfo) {
        try {
            for (String line : Files.readAllLines(meminfo)) {
                if (!line.startsWith(AVAILABLE)) continue;
                String kilobytes =
                        line.substring(AVAILABLE.length()).replace("kB", "").strip();
                return Long.parseLong(kilobytes) * 1024;
            }
            return 0;
        } catch (IOException | NumberFormatException e) {
            return 0; // another system: the least will do
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
