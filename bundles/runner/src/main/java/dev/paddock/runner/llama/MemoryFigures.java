package dev.paddock.runner.llama;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Bytes by the engine's own account: its log lines {@code "<who>: <device> <kind> buffer size = <x> MiB"}. Weights and
 * KV caches come in parts, which are added; compute buffers are announced again when they grow, so the last one counts.
 */
public final class MemoryFigures {
    private static final String MARK = " buffer size =";
    private static final double MIB = 1 << 20;

    private final Map<String, Long> bytes = new HashMap<>();

    /** Reads a log line; most are about something else. */
    public synchronized void read(String line) {
        int mark = line.indexOf(MARK);
        int unit = line.indexOf("MiB", mark + 1);
        if (mark < 0 || unit < 0) return;
        String name = line.substring(line.lastIndexOf(':', mark) + 1, mark).strip();
        try {
            long size = Math.round(Double.parseDouble(line.substring(mark + MARK.length(), unit)) * MIB);
            if (name.endsWith(" compute") || name.endsWith(" output")) {
                bytes.put(name, size);
            } else {
                bytes.merge(name, size, Long::sum);
            }
        } catch (NumberFormatException e) {
            // another wording; the figure is for display, and without it is better than wrong
            return;
        }
    }

    /** All of it. */
    public synchronized long total() {
        long sum = 0;
        for (long size : bytes.values()) sum += size;
        return sum;
    }

    /** What lies on GPUs. */
    public synchronized long gpu() {
        long sum = 0;
        for (Map.Entry<String, Long> entry : bytes.entrySet()) {
            String device = entry.getKey().split(" ", 2)[0].toUpperCase(Locale.ROOT);
            if (!device.startsWith("CPU") && !device.startsWith("BLAS") && !device.endsWith("_HOST")) {
                sum += entry.getValue();
            }
        }
        return sum;
    }
}
