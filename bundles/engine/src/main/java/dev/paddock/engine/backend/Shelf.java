package dev.paddock.engine.backend;

import dev.paddock.api.engine.Backend;
import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.BackendReport;
import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.Placement;
import dev.paddock.api.engine.Refusal;
import dev.paddock.api.engine.Versions;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The installed backends, several versions of one beside each other, each with what its last probe saw; and which of them
 * is used. It starts no probe itself. Safe for many threads.
 */
public final class Shelf {
    /** By id; of one id the newest first. */
    private static final Comparator<Slot> ORDER = Comparator.comparing(
                    (Slot slot) -> slot.key().id())
            .thenComparing(slot -> slot.key().version(), Versions.OLDER_FIRST.reversed());

    private static final class Slot {
        private final Backend backend;
        private BackendReport report;
        private long probedAt;
        /** Whether its last probe took too long though it had been found sound before. */
        private boolean doubtful;

        Slot(Backend backend) {
            this.backend = backend;
            this.report = new BackendReport(backend.key(), false, List.of(), Optional.empty());
        }

        BackendKey key() {
            return backend.key();
        }

        boolean host() {
            return key().id().equals(BackendKey.CPU);
        }

        /**
         * A CPU backend counts without waiting for its probe, and in spite of it: without one nothing works, and a busy
         * machine may be too slow for a probe.
         */
        boolean usable() {
            if (host()) return report.refusal().filter(Shelf::byCanary).isEmpty();
            return sound() && report.probed();
        }

        boolean sound() {
            return report.refusal().isEmpty();
        }
    }

    private final List<Slot> slots = new ArrayList<>();
    private Choices choices;

    /** An empty one. */
    public Shelf(Choices choices) {
        this.choices = choices;
    }

    /** Puts one there. */
    public synchronized void add(Backend backend) {
        slots.add(new Slot(backend));
        slots.sort(ORDER);
    }

    /** Takes exactly this one away. */
    public synchronized void remove(Backend backend) {
        slots.removeIf(slot -> slot.backend == backend);
    }

    /**
     * From now on these choices count.
     *
     * @return backends that an operator wants now though a canary refused them: they are to be probed again
     */
    public synchronized List<Backend> choose(Choices wanted) {
        var before = choices;
        choices = wanted;
        return slots.stream()
                .filter(slot -> pinned(slot)
                        && !slot.key()
                                .version()
                                .equals(before.pinned().get(slot.key().id())))
                .filter(slot -> slot.report.refusal().isPresent())
                .map(slot -> slot.backend)
                .toList();
    }

    private boolean pinned(Slot slot) {
        return slot.key().version().equals(choices.pinned().get(slot.key().id()));
    }

    /** All, by id and then the newest first. Two of the same version show once. */
    public synchronized List<BackendReport> reports() {
        Set<BackendKey> seen = new LinkedHashSet<>();
        return slots.stream()
                .filter(slot -> seen.add(slot.key()))
                .map(slot -> slot.report)
                .toList();
    }

    /** What this one's last probe saw; empty when it is no longer there. */
    public synchronized Optional<BackendReport> report(Backend backend) {
        return slot(backend).map(slot -> slot.report);
    }

    private Optional<Slot> slot(Backend backend) {
        return slots.stream().filter(slot -> slot.backend == backend).findFirst();
    }

    /**
     * Notes what a probe saw.
     *
     * @param now by a clock of nanoseconds
     * @return whether more has changed than how much memory is free
     */
    public synchronized boolean probed(Backend backend, BackendReport report, long now) {
        var found = slot(backend);
        if (found.isEmpty()) return false;
        var slot = found.get();
        var before = slot.report;
        boolean judged = before.refusal().filter(Shelf::byCanary).isPresent();
        if (judged && report.refusal().isEmpty()) return false;
        slot.probedAt = now;
        // A busy machine may be too slow once; that must not take a device away from models that run on it.
        boolean late = report.refusal().filter(Shelf::late).isPresent();
        boolean doubt = late && before.usable() && !slot.doubtful;
        slot.doubtful = doubt;
        if (doubt) return false;
        slot.report = report;
        return !sketch(before).equals(sketch(report));
    }

    private static boolean late(Refusal refusal) {
        return refusal.reason() == Refusal.Reason.PROBE_TIMED_OUT;
    }

    private static boolean byCanary(Refusal refusal) {
        return refusal.reason() == Refusal.Reason.CANARY_FAILED;
    }

    /** What of a report is news. */
    private static BackendReport sketch(BackendReport report) {
        var devices = report.devices().stream()
                .map(device -> new Device(
                        device.backend(),
                        device.name(),
                        device.description(),
                        device.kind(),
                        device.pciId(),
                        device.driver(),
                        device.totalBytes(),
                        0))
                .toList();
        // Words of a process have its number and more in them that changes.
        var refusal = report.refusal().map(known -> new Refusal(known.reason(), "", ""));
        return new BackendReport(report.key(), report.probed(), devices, refusal);
    }

    /** Refuses a version, or forgets that it was refused, until another probe. */
    public synchronized boolean refuse(BackendKey key, Optional<Refusal> refusal) {
        boolean any = false;
        for (Slot slot : slots) {
            if (!slot.key().equals(key)) continue;
            slot.report = new BackendReport(key, refusal.isPresent(), List.of(), refusal);
            any = true;
        }
        return any;
    }

    /** Installed and not probed as lately, of those that have devices of their own. */
    public synchronized List<Backend> olderThan(long nanos, long now) {
        return backends(slot -> !slot.host() && slot.report.probed() && chosen(slot) && now - slot.probedAt > nanos);
    }

    /** Those that were refused, but not for what another probe cannot change. */
    public synchronized List<Backend> refused() {
        return backends(slot -> slot.report
                .refusal()
                .filter(refusal -> !byCanary(refusal) && refusal.reason() != Refusal.Reason.WRONG_PLATFORM)
                .isPresent());
    }

    private List<Backend> backends(Predicate<Slot> which) {
        return slots.stream()
                .filter(slot -> !choices.off().contains(slot.key().id()))
                .filter(which)
                .map(slot -> slot.backend)
                .toList();
    }

    /** The devices that models could use beside the machine's own memory. */
    public synchronized List<Device> devices() {
        return slots.stream()
                .filter(slot -> !slot.host() && slot.usable() && chosen(slot))
                .flatMap(slot -> slot.report.devices().stream())
                .toList();
    }

    /** Whether it is the one that is used for its id. */
    private boolean chosen(Slot slot) {
        return best(slot.key().id()).filter(best -> best == slot).isPresent();
    }

    /** The pinned one if it is there, else the newest that can be used. */
    private Optional<Slot> best(String id) {
        if (choices.off().contains(id)) return Optional.empty();
        var pinned = slots.stream()
                .filter(slot -> slot.key().id().equals(id) && pinned(slot))
                .findFirst();
        if (pinned.isPresent()) return pinned.filter(Slot::usable);
        var usable = slots.stream()
                .filter(slot -> slot.key().id().equals(id) && slot.usable())
                .toList();
        return usable.stream().filter(Slot::sound).findFirst().or(() -> usable.stream()
                .findFirst());
    }

    /** The CPU backend that is used; empty when none can be. */
    public synchronized Optional<Backend> host() {
        return best(BackendKey.CPU).map(slot -> slot.backend);
    }

    /**
     * A placement with the versions that it leaves open filled in.
     *
     * @throws PaddockException with {@link Fault#UNAVAILABLE} when what it names is not installed or not used
     */
    public synchronized Placement resolve(Placement wanted) {
        var host = find(wanted.host()).key();
        if (!wanted.offloads()) return Placement.cpu(host);
        return new Placement(find(wanted.compute()).key(), wanted.devices(), wanted.gpuLayers(), host);
    }

    /** Whether all that a resolved placement names is still there and used. */
    public synchronized boolean holds(Placement resolved) {
        try {
            return resolve(resolved).equals(resolved);
        } catch (PaddockException e) {
            return false;
        }
    }

    /**
     * The backend that a key means.
     *
     * @throws PaddockException as {@link #resolve}
     */
    public synchronized Backend get(BackendKey key) {
        return find(key).backend;
    }

    private Slot find(BackendKey key) {
        if (choices.off().contains(key.id())) {
            throw unavailable("the backend " + key.id() + " is switched off by backends.off");
        }
        var installed = slots.stream().filter(slot -> key.matches(slot.key())).toList();
        if (installed.isEmpty()) throw missing(key);
        if (key.version().isEmpty()) {
            return best(key.id()).orElseThrow(() -> unusable(pinnedOr(installed)));
        }
        var slot = installed.stream().filter(Slot::usable).findFirst();
        return slot.orElseThrow(() -> unusable(installed.getFirst()));
    }

    private Slot pinnedOr(List<Slot> installed) {
        return installed.stream().filter(this::pinned).findFirst().orElse(installed.getFirst());
    }

    private static PaddockException unusable(Slot slot) {
        return unavailable(slot.report
                .refusal()
                .map(refusal -> "the backend " + slot.key() + " is not used: " + refusal.reason() + ", "
                        + refusal.detail() + "; " + refusal.remedy())
                .orElse("the backend " + slot.key() + " is still being probed; try again in a moment"));
    }

    private PaddockException missing(BackendKey key) {
        if (key.id().equals(BackendKey.CPU) && key.version().isEmpty()) {
            return unavailable("no backend for the CPU is installed, so no model can be loaded; install the bundle"
                    + " dev.paddock.backend-cpu");
        }
        var others =
                slots.stream().map(slot -> slot.key().toString()).distinct().toList();
        return unavailable("the backend " + key + " is not installed"
                + (others.isEmpty() ? "" : "; there are " + String.join(", ", others)));
    }

    private static PaddockException unavailable(String message) {
        return new PaddockException(Fault.UNAVAILABLE, message);
    }
}
