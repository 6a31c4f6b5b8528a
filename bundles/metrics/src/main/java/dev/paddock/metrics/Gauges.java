package dev.paddock.metrics;

import dev.paddock.api.lifecycle.Drain;
import dev.paddock.api.scheduler.DeviceMemory;
import dev.paddock.api.scheduler.Resident;
import dev.paddock.api.scheduler.Scheduler;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What is looked at when somebody asks: how things stand now. */
final class Gauges {
    private final Activity activity;
    private final Supplier<Scheduler> scheduler;
    private final Supplier<Drain> drain;

    /** The services may be absent, then nothing is told of what they know. */
    Gauges(Activity activity, Supplier<Scheduler> scheduler, Supplier<Drain> drain) {
        this.activity = activity;
        this.scheduler = scheduler;
        this.drain = drain;
    }

    void register(PrometheusRegistry registry) {
        gauge("paddock_queued", "Requests that wait for a model", to -> waiting(to, false), "model")
                .register(registry);
        gauge("paddock_running", "Requests that have their model", to -> waiting(to, true), "model")
                .register(registry);
        gauge("paddock_draining", "1 while new work is refused", this::draining).register(registry);
        gauge("paddock_model_loaded", "1 for each model in memory", this::loaded, "model", "backend")
                .register(registry);
        gauge("paddock_memory_bytes", "The ledger of a device's memory", this::memory, "device", "what")
                .register(registry);
    }

    private static GaugeWithCallback.Builder gauge(
            String name, String help, Consumer<GaugeWithCallback.Callback> told, String... labels) {
        return GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .callback(told);
    }

    private void waiting(GaugeWithCallback.Callback to, boolean running) {
        Map<String, Long> counts = activity.inside(running).stream()
                .collect(Collectors.groupingBy(passage -> passage.work().model(), Collectors.counting()));
        counts.forEach((model, count) -> to.call(count, model));
    }

    private void draining(GaugeWithCallback.Callback to) {
        Drain present = drain.get();
        to.call(present != null && present.draining() ? 1 : 0);
    }

    private void loaded(GaugeWithCallback.Callback to) {
        Scheduler present = scheduler.get();
        if (present == null) return;
        Map<List<String>, Long> loaded =
                present.residents().stream().collect(Collectors.groupingBy(Gauges::name, Collectors.counting()));
        loaded.forEach((name, count) -> to.call(count, name.get(0), name.get(1)));
    }

    private static List<String> name(Resident resident) {
        return List.of(resident.model().name().display(), resident.facts().backend());
    }

    private void memory(GaugeWithCallback.Callback to) {
        Scheduler present = scheduler.get();
        if (present == null) return;
        for (DeviceMemory row : present.ledger()) {
            String device = row.device().name();
            to.call(row.device().totalBytes(), device, "total");
            to.call(row.device().freeBytes(), device, "free");
            to.call(row.reserved(), device, "reserved");
            to.call(row.measured(), device, "measured");
            to.call(row.usedByOthers(), device, "others");
            to.call(row.available(), device, "available");
        }
    }
}
