package dev.paddock.runner.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much of the machine's memory saved states may take. */
final class HostMemory {
    private static final long MOST = 8L << 30;
    private static final Path FIGURES = Path.of("/proc/meminfo");

    private HostMemory() {}

    /** @param setting bytes; -1 = 1/8 of the memory, at most 8 GiB */
    static long limit(long setting) {
        return setting < 0 ? Math.min(MOST, total() / 8) : setting;
    }

    /** Of the machine; where it does not tell, a guess from what Java chose for its heap, a quarter of it. */
    private static long total() {
        try {
            if (Files.isReadable(FIGURES)) return total(Files.readString(FIGURES));
        } catch (IOException e) {
            // the guess serves
        }
        return 4 * Runtime.getRuntime().maxMemory();
    }

    /** The line {@code MemTotal: 123 kB}. */
    static long total(String figures) {
        for (String line : figures.split("\n", -1)) {
            if (line.startsWith("MemTotal:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
            }
        }
        return 0;
    }
}
