package dev.paddock.engine.backend;

import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The machine's memory as far as its processes may use it: what the kernel has, within what the control groups allow.
 *
 * @param meminfo the kernel's account of the system
 * @param group directory of the control group, of either version
 */
public record HostMemory(Path meminfo, Path group) {
    private static final String TOTAL = "MemTotal:";
    private static final String AVAILABLE = "MemAvailable:";

    /** The names of limit, use and idle files in the first and second version of control groups. */
    private record Names(String limit, String used, String idle) {
        private static final List<Names> ALL = List.of(
                new Names("memory.max", "memory.current", "inactive_file "),
                new Names("memory/memory.limit_in_bytes", "memory/memory.usage_in_bytes", "total_inactive_file "));

        String statistics() {
            return limit.contains("/") ? "memory/memory.stat" : "memory.stat";
        }
    }

    /** Of this machine. */
    public static HostMemory here() {
        return new HostMemory(Path.of("/proc/meminfo"), Path.of("/sys/fs/cgroup"));
    }

    /** As a device; its sizes are 0 where nothing tells. */
    public Device device(BackendKey backend) {
        long total = value(meminfo, TOTAL) * 1024;
        long free = value(meminfo, AVAILABLE) * 1024;
        for (Names names : Names.ALL) {
            long limit = number(group.resolve(names.limit()));
            long used = number(group.resolve(names.used()));
            if (limit < 0 || limit >= total) continue;
            // Files that were read count as used, but give way.
            long idle = value(group.resolve(names.statistics()), names.idle());
            total = limit;
            if (used >= 0) free = Math.clamp(limit - Math.max(0, used - idle), 0, free);
        }
        return new Device(backend, Device.HOST, "memory of this machine", Device.Kind.CPU, "", "", total, free);
    }

    /** The number in the line that begins so; 0 when there is none. */
    private static long value(Path file, String beginning) {
        try {
            for (String line : Files.readAllLines(file)) {
                if (!line.startsWith(beginning)) continue;
                return Long.parseLong(
                        line.substring(beginning.length()).replace("kB", "").strip());
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
