package dev.paddock.engine;

import dev.paddock.api.engine.Backend;
import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.BackendReport;
import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.EngineService;
import dev.paddock.api.engine.Placement;
import dev.paddock.api.engine.Refusal;
import dev.paddock.api.explain.Decision;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.engine.backend.Choices;
import dev.paddock.engine.backend.HostMemory;
import dev.paddock.engine.backend.Shelf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The installed backends: has them probed in the background and tells of what changed. Safe for many threads. */
final class Backends {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessEngine.class);
    /** How old the figures of devices may be. */
    private static final Duration FRESH = Duration.ofSeconds(10);
    /** The start of the server comes first. A CPU backend is used without its probe, so that one has time. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private static final Duration HOST_QUIET = Duration.ofSeconds(3);
    private static final Duration IDLE = Duration.ofMinutes(1);
    /** Beyond the time that a probe may take. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private record Probing(Thread thread, CompletableFuture<Void> over) {}

    /** Who is told of changes; one that is registered twice is two. */
    private final class Listening implements EngineService.Watch {
        private final Runnable listener;

        Listening(Runnable listener) {
            this.listener = listener;
        }

        @Override
        public void close() {
            listeners.remove(this);
        }
    }

    private final Runners runners;
    private final BackendProbe probe;
    private final Shelf shelf;
    private final Decided decided;
    private final ScheduledExecutorService clock;
    private final Map<Backend, Probing> running = new ConcurrentHashMap<>();
    private final List<Listening> listeners = new CopyOnWriteArrayList<>();
    /** Each probe is a process; two at a time leave something for others. */
    private final Semaphore turns = new Semaphore(2, true);

    private Future<?> next = CompletableFuture.completedFuture(null);
    private volatile boolean closed;

    Backends(Runners runners, Decided decided, ScheduledExecutorService clock) {
        this.runners = runners;
        this.probe = new BackendProbe(runners);
        this.shelf = new Shelf(runners.settings().backends().choices());
        this.decided = decided;
        this.clock = clock;
        schedule();
    }

    void add(Backend backend) {
        shelf.add(backend);
        changed();
        // In the run that trains the server's own caches only its start is of interest.
        if (Boolean.getBoolean("paddock.training")) return;
        boolean host = backend.key().id().equals(BackendKey.CPU);
        later(() -> start(backend), host ? HOST_QUIET : QUIET);
        // What could not be probed for want of a CPU backend can be now.
        if (host) later(() -> shelf.refused().forEach(this::start), QUIET);
    }

    void remove(Backend backend) {
        shelf.remove(backend);
        var probing = running.get(backend);
        if (probing != null) probing.thread().interrupt();
        var key = backend.key();
        decided.tell(
                Decision.Kind.BACKEND, "", "the backend " + key + " is gone", "id", key.id(), "version", key.version());
        changed();
    }

    /** The settings are others now. */
    void choose(Choices choices) {
        for (Backend wanted : shelf.choose(choices)) {
            shelf.refuse(wanted.key(), Optional.empty());
            start(wanted);
        }
        schedule();
        changed();
    }

    private synchronized void schedule() {
        next.cancel(false);
        var again = runners.settings().backends().again();
        next = later(this::again, again.isZero() ? IDLE : again);
    }

    private void again() {
        if (!runners.settings().backends().again().isZero()) shelf.refused().forEach(this::start);
        schedule();
    }

    private Future<?> later(Runnable task, Duration delay) {
        try {
            return clock.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the engine has stopped: {}", e.toString());
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Probes it, unless that is being done. */
    private void start(Backend backend) {
        LOG.debug("probe of {}: {}", backend.key(), probing(backend));
    }

    private CompletableFuture<Void> probing(Backend backend) {
        if (closed || shelf.report(backend).isEmpty()) return CompletableFuture.completedFuture(null);
        return running.computeIfAbsent(backend, this::started).over();
    }

    private Probing started(Backend backend) {
        var over = new CompletableFuture<Void>();
        var thread = Thread.ofVirtual().name("probe-" + backend.key()).unstarted(() -> {
            try {
                turns.acquire();
                try {
                    probe(backend);
                } finally {
                    turns.release();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (PaddockException e) {
                LOG.debug("{} was not probed: {}", backend.key(), e.getMessage());
            } finally {
                running.remove(backend);
                over.complete(null);
            }
        });
        thread.start();
        return new Probing(thread, over);
    }

    private void probe(Backend backend) {
        boolean host = backend.key().id().equals(BackendKey.CPU);
        var report = probe.probe(backend, host ? Optional.empty() : shelf.host());
        if (closed || !shelf.probed(backend, report, System.nanoTime())) return;
        tell(report);
        changed();
    }

    private void tell(BackendReport report) {
        var key = report.key();
        String words = report.refusal()
                .map(why -> "is not used: " + why.reason() + ", " + why.detail() + "; " + why.remedy())
                .orElseGet(() -> "can be used: "
                        + String.join(
                                ", ",
                                report.devices().stream()
                                        .map(device -> device.name() + " (" + device.description() + ")")
                                        .toList()));
        decided.tell(
                Decision.Kind.BACKEND,
                "",
                "the backend " + key + " " + words,
                "id",
                key.id(),
                "version",
                key.version(),
                "devices",
                report.devices().size(),
                "refusal",
                report.refusal().map(why -> why.reason().name()).orElse(""));
    }

    /** A version did not keep what was expected of it: it is not used until it is installed anew or pinned. */
    void refuse(BackendKey key, Refusal refusal) {
        if (!shelf.refuse(key, Optional.of(refusal))) return;
        tell(new BackendReport(key, true, List.of(), Optional.of(refusal)));
        changed();
    }

    private void changed() {
        for (Listening listening : listeners) {
            try {
                listening.listener.run();
            } catch (RuntimeException e) {
                LOG.error("who listens to backends failed", e);
            }
        }
    }

    EngineService.Watch onChange(Runnable listener) {
        var listening = new Listening(listener);
        listeners.add(listening);
        return listening;
    }

    List<BackendReport> reports() {
        return shelf.reports();
    }

    /** The host's memory, then all devices that could be used; those too old are looked at again. */
    List<Device> devices() {
        var all = new ArrayList<>(List.of(host()));
        var probes = shelf.olderThan(FRESH.toNanos(), System.nanoTime()).stream()
                .map(this::probing)
                .toArray(CompletableFuture[]::new);
        var most = runners.settings().backends().probe().plus(GRACE);
        if (probes.length > 0) Waiting.until(CompletableFuture.allOf(probes), most);
        all.addAll(shelf.devices());
        return all;
    }

    private Device host() {
        var key = shelf.host().map(Backend::key).orElse(BackendKey.newest(BackendKey.CPU));
        var memory = HostMemory.here().device(key);
        return shelf.reports().stream()
                .filter(report -> report.key().equals(key))
                .flatMap(report -> report.devices().stream())
                .findFirst()
                .map(seen -> new Device(
                        key,
                        memory.name(),
                        seen.description(),
                        memory.kind(),
                        "",
                        seen.driver(),
                        memory.totalBytes(),
                        memory.freeBytes()))
                .orElse(memory);
    }

    Placement resolve(Placement wanted) {
        return shelf.resolve(wanted);
    }

    /** Whether what a model was placed on can still be used. */
    boolean holds(Placement resolved) {
        return shelf.holds(resolved);
    }

    /** The files of a resolved placement, brought together. */
    RunnerFiles files(Placement resolved) {
        List<Backend> used = new ArrayList<>(List.of(shelf.get(resolved.host())));
        if (resolved.offloads()) used.add(shelf.get(resolved.compute()));
        return runners.files(used);
    }

    /** Ends all probes; complete when they are over. */
    CompletableFuture<Void> stop() {
        closed = true;
        listeners.clear();
        var probes = List.copyOf(running.values());
        probes.forEach(probing -> probing.thread().interrupt());
        return CompletableFuture.allOf(probes.stream().map(Probing::over).toArray(CompletableFuture[]::new));
    }
}
