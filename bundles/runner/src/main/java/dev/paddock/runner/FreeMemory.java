package dev.paddock.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Memory that this process may take: what the system has, and what the control groups around it allow, of version 1 or 2.
 *
 * @param meminfo the kernel's account of the system
 * @param group directory of the innermost control group; the directories above it are those around it
 */
public record FreeMemory(Path meminfo, Path group) {
    private static final Path GROUPS = Path.of("/sys/fs/cgroup");
    private static final Path MEMBERSHIP = Path.of("/proc/self/cgroup");

    /** Of this machine. */
    static FreeMemory here() {
        return new FreeMemory(Path.of("/proc/meminfo"), group(GROUPS, MEMBERSHIP));
    }

    /** The directory of this process's group; in a container it may not be there, but the one above it is. */
    static Path group(Path groups, Path membership) {
        Path found = groups;
        try {
            // Lines "number:controllers:/path"; version 2 has no controllers in its one line.
            for (String line : Files.readAllLines(membership)) {
                String[] parts = line.split(":", 3);
                if (parts.length < 3 || !parts[2].startsWith("/")) continue;
                String path = parts[2].substring(1);
                if (parts[1].equals("memory")) return groups.resolve("memory").resolve(path);
                if (parts[1].isEmpty()) found = groups.resolve(path);
            }
        } catch (IOException e) {
            return groups; // another system
        }
        return found;
    }

    /** What is free, in bytes, at least 1; 0 where nothing tells. */
    public long bytes() {
        long free = value(meminfo, "MemAvailable:") * 1024; // another system: 0, the least will do
        for (Path around = group; around != null; around = around.getParent()) {
            long limit = limit(around);
            long used = number(around, "memory.current", "memory.usage_in_bytes");
            if (limit < 0 || used < 0) continue;
            // Files that were read count as used, but give way.
            free = Math.min(free, Math.max(1, limit - Math.max(0, used - idleFiles(around))));
        }
        return free;
    }

    /** What there is, in bytes; 0 where nothing tells. */
    public long total() {
        long total = value(meminfo, "MemTotal:") * 1024;
        for (Path around = group; around != null; around = around.getParent()) {
            long limit = limit(around);
            if (limit >= 0) total = Math.min(total, limit);
        }
        return total;
    }

    private static long limit(Path group) {
        return number(group, "memory.max", "memory.limit_in_bytes");
    }

    private static long idleFiles(Path group) {
        Path figures = group.resolve("memory.stat");
        // Version 1 counts the groups inside in a line of its own.
        return Math.max(value(figures, "inactive_file "), value(figures, "total_inactive_file "));
    }

    /** The number in the line that begins so; 0 when there is none. */
    private static long value(Path file, String beginning) {
        try {
            if (!Files.isReadable(file)) return 0;
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

    /** The number in the first of both files that is there; -1 when none is or it says that there is no limit. */
    private static long number(Path group, String name, String older) {
        Path newer = group.resolve(name);
        Path file = Files.isReadable(newer) ? newer : group.resolve(older);
        try {
            return Files.isReadable(file)
                    ? Long.parseLong(Files.readString(file).strip())
                    : -1;
        } catch (IOException | NumberFormatException e) {
            return -1;
        }
    }
}
