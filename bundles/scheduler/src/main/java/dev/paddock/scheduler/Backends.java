package dev.paddock.scheduler;

import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.BackendReport;
import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.Placement;
import dev.paddock.api.engine.Versions;
import dev.paddock.api.scheduler.SchedulingPolicy.Offload;
import dev.paddock.api.scheduler.SchedulingPolicy.Offload.Mode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What is installed and what of it computes, as the engine last said. */
final class Backends {
    /** Between devices of one kind, what was made for them comes before what works everywhere. */
    private static final List<String> RANKS = List.of("cuda", "metal", "rocm", "hip", "sycl", "vulkan");

    private List<BackendReport> reports = List.of();
    private long changes;

    /** How often the reports changed. */
    long changes() {
        return changes;
    }

    /** Takes in what is there; gives what differs from before, as the new report or, of what is gone, the old one. */
    List<BackendReport> changed(List<BackendReport> now) {
        var before = reports;
        reports = List.copyOf(now);
        var different = new ArrayList<BackendReport>();
        reports.stream().filter(report -> !before.contains(report)).forEach(different::add);
        before.stream().filter(report -> find(report.key()).isEmpty()).forEach(different::add);
        if (before.stream().anyMatch(old -> !sameUse(old)) || reports.size() != before.size()) changes++;
        return different;
    }

    private boolean sameUse(BackendReport old) {
        return find(old.key())
                .filter(report ->
                        report.usable() == old.usable() && names(report).equals(names(old)))
                .isPresent();
    }

    private static List<String> names(BackendReport report) {
        return report.devices().stream().map(Device::name).toList();
    }

    Optional<BackendReport> find(BackendKey key) {
        return newest(report -> key.matches(report.key()));
    }

    boolean installed(BackendKey key) {
        return find(key).isPresent();
    }

    /** Whether nothing is known against a backend: it is there, and usable or still being probed. */
    boolean serves(BackendKey key) {
        return !known() || find(key).filter(Backends::open).isPresent();
    }

    private static boolean open(BackendReport report) {
        return report.refusal().isEmpty();
    }

    private static boolean cpu(BackendReport report) {
        return report.key().id().equals(BackendKey.CPU);
    }

    /** Whether a backend for GPUs is still being probed. */
    boolean probing() {
        return reports.stream().anyMatch(report -> !cpu(report) && !report.probed());
    }

    /** Whether the engine said anything yet. */
    boolean known() {
        return changes > 0;
    }

    /** Whether nothing is known yet, or a CPU backend is there. */
    boolean hasHost() {
        return !known() || host(Optional.empty()).isPresent();
    }

    /** Whether a model could go to a GPU. */
    boolean hasGpu() {
        return reports.stream().anyMatch(report -> !cpu(report) && report.usable());
    }

    /** The newest CPU backend, or the one that the pin means. */
    private Optional<BackendKey> host(Optional<BackendKey> pin) {
        var wanted = pin.filter(key -> key.id().equals(BackendKey.CPU)).orElse(BackendKey.newest(BackendKey.CPU));
        return newest(report -> wanted.matches(report.key()) && open(report)).map(BackendReport::key);
    }

    private Optional<BackendReport> newest(Predicate<BackendReport> which) {
        return reports.stream()
                .filter(which)
                .max(Comparator.comparing(report -> report.key().version(), Versions.OLDER_FIRST));
    }

    /** The CPU alone. */
    Placement cpu(Optional<BackendKey> pin) {
        return Placement.cpu(host(pin).orElse(BackendKey.newest(BackendKey.CPU)));
    }

    /** Where a model may go, the best first. Without any, {@link #whyNoGpu} says why. */
    List<Placement> placements(Offload offload, Optional<BackendKey> pin) {
        List<Placement> placements = new ArrayList<>();
        int layers = offload.mode() == Mode.EXACTLY ? offload.layers() : -1;
        boolean gpu = offload.mode() != Mode.NONE && layers != 0;
        var host = cpu(pin);
        if (gpu) gpus(pin).forEach(report -> placements.add(on(report, layers, host.host())));
        boolean hostWill = offload.mode() != Mode.ALL && !offload.gpuRequired();
        boolean instead = offload.mode() == Mode.AUTO || placements.isEmpty();
        boolean elsewhere = pin.isPresent() && !pin.get().id().equals(BackendKey.CPU);
        if (!gpu || (hostWill && instead && !(elsewhere && placements.isEmpty()))) placements.add(host);
        return placements;
    }

    /** The usable ones for GPUs, each in its newest version, the best first. */
    private List<BackendReport> gpus(Optional<BackendKey> pin) {
        return reports.stream()
                .filter(report ->
                        !cpu(report) && report.usable() && !report.devices().isEmpty())
                .filter(report -> pin.isEmpty() || pin.get().matches(report.key()))
                .filter(report -> newest(other -> other.usable()
                                && other.key().id().equals(report.key().id())
                                && (pin.isEmpty() || pin.get().matches(other.key())))
                        .filter(report::equals)
                        .isPresent())
                .sorted(Comparator.comparingInt(Backends::rank))
                .toList();
    }

    private static Placement on(BackendReport report, int layers, BackendKey host) {
        var cards = report.devices().stream()
                .filter(device -> device.kind() == Device.Kind.GPU)
                .map(Device::name)
                .toList();
        boolean all = cards.isEmpty() || cards.size() == report.devices().size();
        return new Placement(report.key(), all ? List.of() : cards, layers, host);
    }

    private static int rank(BackendReport report) {
        int known = RANKS.indexOf(report.key().id());
        return kindRank(report) * 100 + (known < 0 ? RANKS.size() : known);
    }

    /** Cards with memory of their own come first. */
    private static int kindRank(BackendReport report) {
        return report.devices().stream()
                .mapToInt(device -> switch (device.kind()) {
                    case GPU -> 0;
                    case ACCELERATOR -> 1;
                    case INTEGRATED -> 2;
                    case CPU -> 3;
                })
                .min()
                .orElse(4);
    }

    /** Where the kind of a placement's devices stands; lower is better. */
    int kindRank(BackendKey key) {
        return find(key).map(Backends::kindRank).orElse(4);
    }

    /** Where a backend stands among those that could compute a model; lower is better. */
    int rank(BackendKey key) {
        return find(key).map(Backends::rank).orElse(Integer.MAX_VALUE);
    }

    /** Why no GPU computes a model, in a sentence. */
    String whyNoGpu(Optional<BackendKey> pin) {
        if (pin.isPresent() && !installed(pin.get())) return "the backend " + pin.get() + " is not installed";
        return reports.stream()
                .filter(report -> pin.map(key -> key.matches(report.key())).orElse(!cpu(report)))
                .min(Comparator.comparingInt(Backends::rank))
                .map(Backends::whyNot)
                .orElse("no backend for GPUs is installed");
    }

    private static String whyNot(BackendReport report) {
        if (!report.probed()) return report.key() + " is still being probed";
        return report.refusal()
                .map(refusal -> report.key() + " is not used (" + refusal.reason() + ": " + refusal.detail() + "); "
                        + refusal.remedy())
                .orElse(report.key() + " has no device that computes models");
    }
}
