package dev.paddock.scheduler;

import dev.paddock.api.engine.Fit;
import dev.paddock.api.engine.MemoryUse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How numbers are written in explanations. */
final class Words {
    private static final long MEGA = 1_000_000;

    private Words() {}

    static String time(Duration time) {
        double seconds = time.toNanos() / 1e9;
        return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
    }

    static String bytes(long bytes) {
        if (bytes >= 1000 * MEGA) return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
        return Math.ceilDiv(bytes, MEGA) + " MB";
    }

    /** What is used where. */
    static String uses(List<MemoryUse> uses) {
        return uses.stream()
                .map(use -> bytes(use.bytes()) + " of " + use.device())
                .collect(Collectors.joining(", "));
    }

    /** Where a fit is computed. */
    static String place(Fit fit) {
        var placement = fit.placement();
        if (!placement.offloads() || placement.gpuLayers() == 0) return "the CPU (" + placement.host() + ")";
        return placement.gpuLayers() + " of " + fit.layers() + " layers on " + placement.compute();
    }

    static String requests(int count) {
        return count == 1 ? "1 request" : count + " requests";
    }
}
