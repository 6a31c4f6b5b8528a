package dev.paddock.runner.llama;

import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.MemoryUse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Bytes by the engine's own account: its log lines {@code "<who>: <device> <kind> buffer size = <x> MiB"}. Weights and
 * KV caches come in parts, which are added; compute buffers are announced again when they grow, so the last one counts.
 */
public final class MemoryFigures {
    /** What ggml's CPU backend calls memory for weights that it packs anew, after the instructions that want them so. */
    private static final Set<String> PACKED = Set.of("CPU_REPACK", "AMX", "CPU_KLEIDIAI", "RISCV64_SPACEMIT");

    private static final String MARK = " buffer size =";
    private static final double MIB = 1 << 20;

    private final Map<String, Long> bytes = new HashMap<>();
    private long table;

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

    /** Tokens are looked up in a table of so many bytes, which is read in the file even where it was repacked too. */
    public synchronized void table(long size) {
        table = size;
    }

    /** All of it. */
    public synchronized long total() {
        long sum = 0;
        for (long size : bytes.values()) sum += size;
        return sum;
    }

    /** The sums of all by device; host memory that GPUs can reach counts as the host's. */
    public static List<MemoryUse> together(MemoryFigures... all) {
        Map<String, MemoryUse> uses = new TreeMap<>();
        for (MemoryFigures one : all) one.addTo(uses);
        return List.copyOf(uses.values());
    }

    /** Whether a part of it lies on another device than the host. */
    public synchronized boolean offloaded() {
        return bytes.keySet().stream().anyMatch(name -> !device(name).equals(Device.HOST));
    }

    private synchronized void addTo(Map<String, MemoryUse> uses) {
        bytes.forEach((name, size) -> uses.merge(device(name), use(name, needed(name, size)), MemoryFigures::sum));
    }

    /**
     * A mapped file counts from its first weight to its last, those between too that were repacked into memory of their
     * own and are not read again.
     */
    private long needed(String name, long size) {
        if (!name.equals("CPU_Mapped model")) return size;
        long packed = 0;
        for (String kind : PACKED) packed += bytes.getOrDefault(kind + " model", 0L);
        return Math.max(size - packed, Math.min(size, table));
    }

    private static MemoryUse use(String name, long size) {
        return switch (name.substring(name.lastIndexOf(' ') + 1)) {
            case "model" -> new MemoryUse(device(name), size, 0, 0);
            case "KV", "RS" -> new MemoryUse(device(name), 0, size, 0);
            default -> new MemoryUse(device(name), 0, 0, size);
        };
    }

    private static MemoryUse sum(MemoryUse a, MemoryUse b) {
        return new MemoryUse(
                a.device(),
                a.weightBytes() + b.weightBytes(),
                a.contextBytes() + b.contextBytes(),
                a.computeBytes() + b.computeBytes());
    }

    /** The outputs' part of it, which llama.cpp counts nowhere else. */
    synchronized List<MemoryUse> outputs() {
        List<MemoryUse> outputs = new ArrayList<>();
        bytes.forEach((name, size) -> {
            if (name.endsWith(" output")) outputs.add(use(name, size));
        });
        return outputs;
    }

    /** One for each device. */
    public static List<MemoryUse> sums(List<MemoryUse> parts) {
        Map<String, MemoryUse> uses = new TreeMap<>();
        for (MemoryUse part : parts) {
            if (part.bytes() > 0) uses.merge(part.device(), part, MemoryFigures::sum);
        }
        return List.copyOf(uses.values());
    }

    /** Of a buffer's name. */
    static String device(String name) {
        String device = name.split(" ", 2)[0];
        String upper = device.toUpperCase(Locale.ROOT);
        boolean host = upper.startsWith("CPU")
                || upper.startsWith("BLAS")
                || upper.endsWith("_HOST")
                || PACKED.contains(upper);
        return host ? Device.HOST : device.replaceFirst("_(Mapped|Private|Shared)$", "");
    }
}
