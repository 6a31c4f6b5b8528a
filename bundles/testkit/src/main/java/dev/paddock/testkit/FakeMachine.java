package dev.paddock.testkit;

import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.BackendReport;
import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.EngineService.Watch;
import dev.paddock.api.engine.Fit;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.MemoryUse;
import dev.paddock.api.engine.Placement;
import dev.paddock.api.engine.Refusal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * What a fake engine computes on: a host of 16 GiB and one CPU backend, until a test says otherwise. Every model has four
 * layers and takes a million bytes, until a test says otherwise. Safe for many threads.
 */
public final class FakeMachine {
    private static final Size SMALL = new Size(4, 1_000_000, 0);

    private final Map<String, Size> sizes = new ConcurrentHashMap<>();
    private final Map<String, Long> others = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Device host =
            device(new BackendKey(BackendKey.CPU, "1.0.0"), Device.HOST, Device.Kind.CPU, 16L << 30);
    private volatile List<BackendReport> reports =
            List.of(new BackendReport(host.backend(), true, List.of(host), Optional.empty()));

    FakeMachine() {}

    /**
     * What a model takes.
     *
     * @param layers the output layer counted
     * @param weightBytes spread evenly over its layers
     * @param tokenBytes of each token of context of each sequence
     */
    public record Size(int layers, long weightBytes, long tokenBytes) {}

    /** From now on a model is so large. */
    public FakeMachine model(String displayName, Size size) {
        sizes.put(displayName, size);
        return this;
    }

    /** So much memory is in the host. */
    public FakeMachine host(long totalBytes) {
        host = device(host.backend(), Device.HOST, Device.Kind.CPU, totalBytes);
        return this;
    }

    /** Others use so much of a device from now on. */
    public FakeMachine usedByOthers(String device, long bytes) {
        others.put(device, bytes);
        return this;
    }

    /** Another version of the CPU backend is installed. */
    public FakeMachine cpu(String version) {
        return install(
                new BackendReport(new BackendKey(BackendKey.CPU, version), true, List.of(host), Optional.empty()));
    }

    /** A backend with one card of its own memory is installed. */
    public FakeMachine gpu(BackendKey key, String device, long bytes) {
        var card = device(key, device, Device.Kind.GPU, bytes);
        return install(new BackendReport(key, true, List.of(card), Optional.empty()));
    }

    /** A backend is installed that is not used. */
    public FakeMachine refused(BackendKey key, Refusal why) {
        return install(new BackendReport(key, true, List.of(), Optional.of(why)));
    }

    /** A backend is installed and its first probe goes on. */
    public FakeMachine probing(BackendKey key) {
        return install(new BackendReport(key, false, List.of(), Optional.empty()));
    }

    private FakeMachine install(BackendReport report) {
        return change(report.key(), Optional.of(report));
    }

    /** A backend goes. */
    public FakeMachine uninstall(BackendKey key) {
        return change(key, Optional.empty());
    }

    private synchronized FakeMachine change(BackendKey key, Optional<BackendReport> now) {
        List<BackendReport> changed = new ArrayList<>(reports);
        changed.removeIf(report -> report.key().equals(key));
        now.ifPresent(changed::add);
        reports = List.copyOf(changed);
        listeners.forEach(Runnable::run);
        return this;
    }

    List<BackendReport> backends() {
        return reports;
    }

    Watch watch(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** The host and all cards, with what models and others leave. */
    List<Device> devices(Collection<FakeModel> alive) {
        List<Device> devices = new ArrayList<>(List.of(host));
        for (var report : reports) {
            report.devices().stream()
                    .filter(card -> !card.name().equals(Device.HOST))
                    .forEach(devices::add);
        }
        Function<Device, Long> used = device -> others.getOrDefault(device.name(), 0L)
                + alive.stream()
                        .flatMap(model -> model.facts().memory().stream())
                        .filter(use -> use.device().equals(device.name()))
                        .mapToLong(MemoryUse::bytes)
                        .sum();
        return devices.stream()
                .map(device -> free(device, device.totalBytes() - used.apply(device)))
                .toList();
    }

    private static Device device(BackendKey key, String name, Device.Kind kind, long bytes) {
        return new Device(key, name, "fake", kind, "", "", bytes, bytes);
    }

    private static Device free(Device device, long bytes) {
        return new Device(
                device.backend(),
                device.name(),
                device.description(),
                device.kind(),
                device.pciId(),
                device.driver(),
                device.totalBytes(),
                Math.max(0, bytes));
    }

    List<Fit> fits(LoadOrder order, List<Integer> contexts, List<Placement> placements) {
        List<Fit> fits = new ArrayList<>();
        for (var placement : placements) {
            if (cards(placement).isEmpty() && placement.offloads()) continue;
            for (int layers : layers(placement, size(order).layers())) {
                for (int context : contexts) fits.add(fit(order, context, placement.with(layers)));
            }
        }
        return fits;
    }

    private static List<Integer> layers(Placement placement, int all) {
        if (!placement.offloads()) return List.of(0);
        if (placement.gpuLayers() >= 0) return List.of(Math.min(placement.gpuLayers(), all));
        return List.of(all, all * 3 / 4, all / 2, all / 4);
    }

    private Size size(LoadOrder order) {
        return sizes.getOrDefault(order.model(), SMALL);
    }

    private List<Device> cards(Placement placement) {
        return reports.stream()
                .filter(report -> report.key().equals(placement.compute()))
                .flatMap(report -> report.devices().stream())
                .filter(card ->
                        placement.devices().isEmpty() || placement.devices().contains(card.name()))
                .toList();
    }

    private Fit fit(LoadOrder order, int context, Placement placement) {
        int parallel = order.parallel() == 0 ? 4 : order.parallel();
        int layers = size(order).layers();
        return new Fit(
                placement,
                layers,
                context,
                parallel,
                uses(order.sized(context, parallel).on(placement)));
    }

    /** What a model takes when it is loaded so. */
    List<MemoryUse> uses(LoadOrder order) {
        var size = size(order);
        var cards = cards(order.placement());
        long window = size.tokenBytes() * order.contextLength() * Math.max(1, order.parallel());
        int asked = order.placement().gpuLayers();
        boolean cpu = !order.placement().offloads() || cards.isEmpty();
        int above = cpu ? 0 : asked < 0 ? size.layers() : Math.min(asked, size.layers());
        List<MemoryUse> uses = new ArrayList<>();
        if (above < size.layers()) uses.add(part(Device.HOST, size, window, size.layers() - above));
        if (above > 0) uses.add(part(cards.getFirst().name(), size, window, above));
        return uses;
    }

    private static MemoryUse part(String device, Size size, long window, int layers) {
        return new MemoryUse(device, size.weightBytes() * layers / size.layers(), window * layers / size.layers(), 0);
    }
}
