package dev.paddock.scheduler;

import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.EngineService;
import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.engine.Quarantined;
import dev.paddock.api.explain.Decisions;
import dev.paddock.api.fault.BusyException;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.scheduler.Arrival;
import dev.paddock.api.scheduler.DeviceMemory;
import dev.paddock.api.scheduler.Lease;
import dev.paddock.api.scheduler.LeaseRequest;
import dev.paddock.api.scheduler.Resident;
import dev.paddock.api.scheduler.Scheduler;
import dev.paddock.api.scheduler.SchedulingPolicy;
import dev.paddock.api.settings.Defaults;
import dev.paddock.api.settings.SettingCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scheduler: does what {@link SchedulingCore} decides. */
@Component(configurationPid = RequestScheduler.PID)
@Designate(ocd = SchedulerConfig.class)
public final class RequestScheduler implements Scheduler, SettingCheck {
    /** Where the settings of the scheduler are. */
    public static final String PID = "dev.paddock.scheduler";

    private static final Logger LOG = LoggerFactory.getLogger(RequestScheduler.class);

    private final EventLoop loop;
    private final RunnerDoor runners;
    private final AtomicLong lastTicket = new AtomicLong();
    private final Map<Long, CompletableFuture<Lease>> waiting = new ConcurrentHashMap<>();
    private final AtomicReference<EngineService> engine = new AtomicReference<>();
    private final AtomicReference<ModelStore> store = new AtomicReference<>();
    private final AtomicReference<SchedulingPolicy> policy = new AtomicReference<>();
    private final Teller teller = new Teller();
    private Optional<EngineWatch> watch = Optional.empty();
    private volatile Rules rules;
    private volatile Duration stopTimeout;
    private volatile boolean stopping;

    @Activate
    public RequestScheduler(SchedulerConfig config) {
        this(Defaults.read(SchedulerConfig.class, config, Start::of, LOG::error));
    }

    private RequestScheduler(Start start) {
        this(start.rules(), start.stopTimeout());
    }

    private record Start(Rules rules, Duration stopTimeout) {
        static Start of(SchedulerConfig config) {
            return new Start(RulesReader.read(config), RulesReader.time("stop.timeout", config.stop_timeout()));
        }
    }

    RequestScheduler(Rules rules, Duration stopTimeout) {
        this.stopTimeout = stopTimeout;
        this.rules = rules;
        loop = new EventLoop(new SchedulingCore(rules), this::perform);
        runners = new RunnerDoor(
                () -> Optional.ofNullable(engine.get()),
                new DraftSearch(() -> Optional.ofNullable(store.get())),
                loop::post);
        loop.start();
    }

    @Override
    public void check(Map<String, Object> values) {
        Defaults.check(SchedulerConfig.class, values, Start::of);
    }

    @Modified
    void modified(SchedulerConfig config) {
        try {
            var start = Start.of(config);
            stopTimeout = start.stopTimeout();
            changeRules(start.rules());
        } catch (RuntimeException e) {
            LOG.error("the settings stay as they were: {}", e.getMessage());
        }
    }

    void changeRules(Rules changed) {
        rules = changed;
        loop.post(new Event.RulesChanged(changed));
        preload();
    }

    /** Looks up the models to be loaded unasked; the store reads files, so not on the caller's thread. */
    private void preload() {
        var names = rules.residency().preload().names();
        var models = store.get();
        if (models == null || engine.get() == null) return;
        Thread.ofVirtual().name("preload").start(() -> {
            var found = new ArrayList<StoredModel>();
            for (var name : names) {
                models.find(name)
                        .ifPresentOrElse(
                                found::add,
                                () -> LOG.warn("{}: preload names {}, which is not installed", PID, name.display()));
            }
            loop.post(new Event.Preload(found));
        });
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindEngine(EngineService service) {
        if (engine.getAndSet(service) != null) loop.post(new Event.EngineChanged());
        watch(Optional.of(service));
        preload();
    }

    private synchronized void watch(Optional<EngineService> service) {
        watch.ifPresent(EngineWatch::close);
        watch = service.map(one -> new EngineWatch(one, loop::post));
    }

    void unbindEngine(EngineService service) {
        if (!engine.compareAndSet(service, null)) return;
        watch(Optional.empty());
        loop.post(new Event.EngineChanged());
        loop.post(new Event.BackendsChanged(List.of()));
    }

    /** Draft models and those to be preloaded are looked up here; others come with the requests for them. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindStore(ModelStore service) {
        store.set(service);
        preload();
    }

    void unbindStore(ModelStore service) {
        store.compareAndSet(service, null);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindPolicy(SchedulingPolicy service) {
        policy.set(service);
        loop.post(new Event.PolicyChanged(Optional.of(service)));
    }

    void unbindPolicy(SchedulingPolicy service) {
        if (policy.compareAndSet(service, null)) loop.post(new Event.PolicyChanged(Optional.empty()));
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindDecisions(Decisions service) {
        teller.bind(service);
    }

    void unbindDecisions(Decisions service) {
        teller.unbind(service);
    }

    @Override
    public Lease lease(LeaseRequest request) {
        var needs = LoadNeeds.of(request.model(), request.options());
        var ticket = new Ticket(
                lastTicket.incrementAndGet(),
                request.model(),
                needs,
                request.keepAlive(),
                request.asker(),
                request.tokens(),
                loop.now());
        var granted = new CompletableFuture<Lease>();
        waiting.put(ticket.id(), granted);
        loop.post(new Event.Requested(ticket));
        if (stopping) turnAwayAll();
        return await(ticket.id(), granted);
    }

    private Lease await(long ticket, CompletableFuture<Lease> granted) {
        try {
            return granted.get();
        } catch (InterruptedException e) {
            // The grant may be on its way: then the lease is given back at once.
            var _ = granted.thenAccept(Lease::close);
            waiting.remove(ticket);
            loop.post(new Event.GaveUp(ticket));
            Thread.currentThread().interrupt();
            throw new PaddockException(Fault.CANCELLED, "the request was given up while it waited for its model", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BusyException busy) {
                throw new BusyException(busy.fault(), busy.getMessage(), busy.retryAfter(), busy.position());
            }
            if (e.getCause() instanceof PaddockException cause) {
                // A fresh one: many callers may get the same failure, and each has a stack of its own.
                throw new PaddockException(cause.fault(), cause.getMessage(), cause);
            }
            throw new PaddockException(Fault.INTERNAL, "the scheduler failed: " + e.getCause(), e.getCause());
        }
    }

    private void perform(Effect effect) {
        switch (effect) {
            case Effect.Plan plan -> runners.plan(plan);
            case Effect.Look() -> runners.look();
            case Effect.DropPlan drop -> runners.abort(drop.plan());
            case Effect.MoveIt move -> runners.move(move);
            case Effect.Tell tell -> teller.tell(tell);
            case Effect.Complain complaint -> LOG.warn("{}", complaint.text());
            case Effect.Load load -> runners.load(load.runner(), load.order());
            case Effect.Abort abort -> runners.abort(abort.runner());
            case Effect.Close close -> runners.close(close);
            case Effect.Grant grant -> grant(grant);
            case Effect.Refuse refuse -> {
                var caller = waiting.remove(refuse.ticket());
                if (caller != null) caller.completeExceptionally(refuse.cause());
            }
        }
    }

    private void grant(Effect.Grant grant) {
        Consumer<OptionalLong> release = used -> loop.post(new Event.Released(grant.runner(), grant.ticket(), used));
        var caller = waiting.remove(grant.ticket());
        if (caller == null) release.accept(OptionalLong.of(0));
        else caller.complete(new HeldLease(grant.model(), grant.loadTime(), release));
    }

    @Override
    public List<Resident> residents() {
        long now = loop.now();
        return loop.held().stream()
                .flatMap(held -> held.loaded().stream().map(loaded -> resident(held, loaded, now)))
                .toList();
    }

    private static Resident resident(SchedulingCore.Held held, LoadedModel loaded, long now) {
        Optional<Instant> expiry = held.stay().isPresent()
                ? Optional.of(Instant.now()
                        .plusNanos(held.expiry().orElse(now + held.stay().getAsLong()) - now))
                : Optional.empty();
        return new Resident(held.model(), loaded.facts(), loaded.status(), held.leases(), expiry, held.pinned());
    }

    @Override
    public List<Arrival> arrivals() {
        return loop.coming().stream()
                .map(coming -> new Arrival(
                        coming.model(), coming.phase(), runners.progress(coming.runner()), coming.waiting()))
                .toList();
    }

    @Override
    public List<DeviceMemory> memory() {
        var service = engine.get();
        if (service == null) return loop.memory();
        var devices = service.devices();
        loop.post(new Event.Looked(devices));
        var known = loop.memory();
        return devices.stream().map(device -> row(device, known)).toList();
    }

    @Override
    public List<DeviceMemory> ledger() {
        return loop.memory();
    }

    private static DeviceMemory row(Device device, List<DeviceMemory> known) {
        return known.stream()
                .filter(row -> row.device().name().equals(device.name()))
                .findFirst()
                .map(row ->
                        new DeviceMemory(device, row.reserved(), row.measured(), row.usedByOthers(), row.available()))
                .orElseGet(() ->
                        new DeviceMemory(device, 0, 0, device.totalBytes() - device.freeBytes(), device.freeBytes()));
    }

    @Override
    public List<Quarantined> quarantined() {
        var service = engine.get();
        return service == null ? List.of() : service.quarantined();
    }

    @Override
    public boolean release(StoredModel model) {
        var service = engine.get();
        return service != null && service.release(model.name().display());
    }

    @Override
    public boolean unload(StoredModel model) {
        boolean there = loop.held().stream()
                .anyMatch(held -> held.model().weightsDigest().equals(model.weightsDigest()) && !held.pinned());
        loop.post(new Event.Unload(model.weightsDigest()));
        return there;
    }

    /** Turns everybody away who waits, closes all runners and waits for that, bounded. */
    @Deactivate
    void deactivate() {
        stopping = true;
        watch(Optional.empty());
        loop.post(new Event.Stop());
        try {
            if (!loop.awaitEnd(stopTimeout.toMillis())) {
                LOG.warn("some runners had not ended {} s after the scheduler stopped", stopTimeout.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        turnAwayAll();
    }

    /** Requests that came too late for the loop. */
    private void turnAwayAll() {
        waiting.values()
                .forEach(caller -> caller.completeExceptionally(
                        new PaddockException(Fault.UNAVAILABLE, "the server is stopping; try again when it is back")));
    }
}
