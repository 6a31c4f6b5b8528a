package dev.paddock.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;

/** How the server's own process does, by the names that dashboards for JVMs look for. */
final class Machine {
    private static final double MILLIS = 1e-3;
    private static final long KILO = 1024;

    private Machine() {}

    static void register(PrometheusRegistry registry) {
        memory("used", MemoryUsage::getUsed, registry);
        memory("committed", MemoryUsage::getCommitted, registry);
        GaugeWithCallback.builder()
                .name("jvm_memory_max_bytes")
                .help("Largest heap")
                .labelNames("area")
                .callback(to -> to.call(Runtime.getRuntime().maxMemory(), "heap"))
                .register(registry);
        collections("jvm_gc_collections", "Garbage collections", GarbageCollectorMXBean::getCollectionCount, registry);
        collections(
                "jvm_gc_collection_seconds",
                "Time in garbage collections",
                gc -> gc.getCollectionTime() * MILLIS,
                registry);
        gauge(
                "jvm_threads_current",
                "Platform threads",
                registry,
                to -> to.call(ManagementFactory.getThreadMXBean().getThreadCount()));
        gauge(
                "process_resident_memory_bytes",
                "Memory of the process; its runners are others",
                registry,
                to -> resident().ifPresent(to::call));
        gauge(
                "process_start_time_seconds",
                "When it was started, since 1970",
                registry,
                to -> to.call(ManagementFactory.getRuntimeMXBean().getStartTime() * MILLIS));
        gauge(
                "process_uptime_seconds",
                "Time since then",
                registry,
                to -> to.call(ManagementFactory.getRuntimeMXBean().getUptime() * MILLIS));
        processor(registry);
    }

    private static void processor(PrometheusRegistry registry) {
        CounterWithCallback.builder()
                .name("process_cpu_seconds")
                .help("Processor time taken")
                .callback(to -> to.call(cpu()))
                .register(registry);
    }

    private static void gauge(
            String name,
            String help,
            PrometheusRegistry registry,
            java.util.function.Consumer<GaugeWithCallback.Callback> told) {
        GaugeWithCallback.builder().name(name).help(help).callback(told).register(registry);
    }

    private static void memory(String what, ToDoubleFunction<MemoryUsage> read, PrometheusRegistry registry) {
        GaugeWithCallback.builder()
                .name("jvm_memory_" + what + "_bytes")
                .help("Memory of the JVM, " + what)
                .labelNames("area")
                .callback(to -> {
                    var memory = ManagementFactory.getMemoryMXBean();
                    to.call(read.applyAsDouble(memory.getHeapMemoryUsage()), "heap");
                    to.call(read.applyAsDouble(memory.getNonHeapMemoryUsage()), "nonheap");
                })
                .register(registry);
    }

    private static void collections(
            String name, String help, ToDoubleFunction<GarbageCollectorMXBean> read, PrometheusRegistry registry) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("gc")
                .callback(to -> ManagementFactory.getGarbageCollectorMXBeans()
                        .forEach(gc -> to.call(Math.max(0, read.applyAsDouble(gc)), gc.getName())))
                .register(registry);
    }

    private static double cpu() {
        Duration taken = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        return taken.toNanos() / 1e9;
    }

    /** From Linux's own account; empty elsewhere. */
    private static OptionalLong resident() {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KILO)
                    .findFirst();
        } catch (IOException | RuntimeException _) {
            return OptionalLong.empty();
        }
    }
}
