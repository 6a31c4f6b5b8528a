package dev.paddock.scheduler;

import dev.paddock.api.engine.EngineService;
import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.engine.Quarantined;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.scheduler.Arrival;
import dev.paddock.api.scheduler.DeviceMemory;
import dev.paddock.api.scheduler.KeepAlive;
import dev.paddock.api.scheduler.Lease;
import dev.paddock.api.scheduler.LeaseRequest;
import dev.paddock.api.scheduler.Resident;
import dev.paddock.api.scheduler.Scheduler;
import dev.paddock.api.settings.Defaults;
import dev.paddock.api.settings.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scheduler: first come, first served for each model. The decisions are {@link SchedulingCore}'s. */
@Component(configurationPid = RequestScheduler.PID)
@Designate(ocd = RequestScheduler.Config.class)
public final class RequestScheduler implements Scheduler {
    /** Where the settings of the scheduler are. */
    public static final String PID = "dev.paddock.scheduler";

    private static final Logger LOG = LoggerFactory.getLogger(RequestScheduler.class);

    /** How models come, stay and go. Changes count from the next request on; running answers are not touched. */
    @ObjectClassDefinition(
            name = "Paddock scheduler",
            description = "Which models stay in memory, for how long, and how many requests wait.")
    public @interface Config {
        @AttributeDefinition(
                name = "Keep alive",
                description = "How long an idle model stays loaded when a request does not say, as a duration like 5m,"
                        + " 1h30m or 0; negative = for ever.")
        String keep_alive() default "5m";

        @AttributeDefinition(name = "Models in memory", description = "Most models loaded at once; 1 or more.")
        int max_loaded_models() default 3;

        @AttributeDefinition(
                name = "Waiting requests",
                description = "Most requests that wait for a model, 0 or more; one more is turned away.")
        int max_queue() default 512;

        @AttributeDefinition(
                name = "Answers at once",
                description = "Answers that one model gives at the same time; the rest waits, first come, first served."
                        + " 0 = by model and memory, at least 4. For models loaded from now on.")
        int parallel() default 0;

        @AttributeDefinition(
                name = "Context",
                description = "Tokens of context of each answer, for requests that name no num_ctx; never more than the"
                        + " model was trained for. 0 = what it was trained for, up to the context limit.")
        int context_length() default 0;

        @AttributeDefinition(
                name = "Context limit",
                description = "Most tokens of context when neither the request nor the setting above names a number:"
                        + " models trained for a long context would take more memory than most requests need.")
        int context_limit() default 4096;

        @AttributeDefinition(
                name = "Threads",
                description =
                        "Compute threads of a runner for requests that name no num_thread; 0 = one for each core.")
        int threads() default 0;

        @AttributeDefinition(
                name = "Draft models",
                description = "Small models that guess tokens ahead for large ones of the same vocabulary, each as"
                        + " MODEL=DRAFT, like llama3.1:8b=llama3.2:1b. Answers are the same. One that cannot be used is"
                        + " left out, with the reason in the log and in ps. For models loaded from now on.")
        String[] draft_models() default {};

        @AttributeDefinition(
                name = "Patience",
                description = "How long a request waits for room in memory while others go on using the loaded models;"
                        + " after that the least recently used one takes no new requests until it was exchanged;"
                        + " as a duration like 10s.")
        String patience() default "10s";

        @AttributeDefinition(
                name = "Stop timeout",
                description = "How long stopping waits for all runners to end, as a duration like 10s.")
        String stop_timeout() default "10s";
    }

    private final EventLoop loop;
    private final RunnerDoor runners;
    private final AtomicLong lastTicket = new AtomicLong();
    private final Map<Long, CompletableFuture<Lease>> waiting = new ConcurrentHashMap<>();
    private final AtomicReference<EngineService> engine = new AtomicReference<>();
    private final AtomicReference<ModelStore> store = new AtomicReference<>();
    private volatile Duration stopTimeout;
    private volatile boolean stopping;

    @Activate
    public RequestScheduler(Config config) {
        this(Defaults.read(Config.class, config, Plan::of, LOG::error));
    }

    private RequestScheduler(Plan plan) {
        this(plan.policy(), plan.stopTimeout());
    }

    private record Plan(Policy policy, Duration stopTimeout) {
        static Plan of(Config config) {
            return new Plan(RequestScheduler.policy(config), time("stop.timeout", config.stop_timeout()));
        }
    }

    RequestScheduler(Policy policy, Duration stopTimeout) {
        this.stopTimeout = stopTimeout;
        loop = new EventLoop(new SchedulingCore(policy), this::perform);
        runners = new RunnerDoor(
                () -> Optional.ofNullable(engine.get()),
                new DraftSearch(() -> Optional.ofNullable(store.get())),
                loop::post);
        loop.start();
    }

    private static Policy policy(Config config) {
        return new Policy(
                keepAlive(config.keep_alive()),
                config.max_loaded_models(),
                config.max_queue(),
                config.parallel(),
                config.context_length(),
                config.context_limit(),
                config.threads(),
                DraftModels.of(config.draft_models()),
                time("patience", config.patience()));
    }

    private static KeepAlive keepAlive(String value) {
        try {
            return KeepAlive.parse(value);
        } catch (PaddockException e) {
            throw new IllegalArgumentException(
                    PID + ": keep.alive is " + value + "; write a duration like 5m, a negative one for ever", e);
        }
    }

    private static Duration time(String key, String value) {
        return Durations.setting(PID, key, value);
    }

    @Modified
    void modified(Config config) {
        try {
            stopTimeout = time("stop.timeout", config.stop_timeout());
            changePolicy(policy(config));
        } catch (RuntimeException e) {
            LOG.error("the settings stay as they were: {}", e.getMessage());
        }
    }

    void changePolicy(Policy policy) {
        loop.post(new Event.PolicyChanged(policy));
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindEngine(EngineService service) {
        if (engine.getAndSet(service) != null) loop.post(new Event.EngineChanged());
    }

    void unbindEngine(EngineService service) {
        if (engine.compareAndSet(service, null)) loop.post(new Event.EngineChanged());
    }

    /** Only draft models are looked up here: models come with the requests for them. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindStore(ModelStore service) {
        store.set(service);
    }

    void unbindStore(ModelStore service) {
        store.compareAndSet(service, null);
    }

    @Override
    public Lease lease(LeaseRequest request) {
        var needs = LoadNeeds.of(request.model(), request.options());
        var ticket = new Ticket(lastTicket.incrementAndGet(), request.model(), needs, request.keepAlive(), loop.now());
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
            if (e.getCause() instanceof PaddockException cause) {
                // A fresh one: many callers may get the same failure, and each has a stack of its own.
                throw new PaddockException(cause.fault(), cause.getMessage(), cause);
            }
            throw new PaddockException(Fault.INTERNAL, "the scheduler failed: " + e.getCause(), e.getCause());
        }
    }

    private void perform(Effect effect) {
        switch (effect) {
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
        Runnable release = () -> loop.post(new Event.Released(grant.runner()));
        var caller = waiting.remove(grant.ticket());
        if (caller == null) release.run();
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
        Optional<Instant> expiry = held.expiry().isPresent()
                ? Optional.of(Instant.now().plusNanos(held.expiry().getAsLong() - now))
                : Optional.empty();
        return new Resident(held.model(), loaded.facts(), loaded.status(), held.leases(), expiry, false);
    }

    @Override
    public List<Arrival> arrivals() {
        throw new UnsupportedOperationException("in the making");
    }

    @Override
    public List<DeviceMemory> memory() {
        throw new UnsupportedOperationException("in the making");
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
                .anyMatch(held -> held.model().weightsDigest().equals(model.weightsDigest()));
        loop.post(new Event.Unload(model.weightsDigest()));
        return there;
    }

    /** Turns everybody away who waits, closes all runners and waits for that, bounded. */
    @Deactivate
    void deactivate() {
        stopping = true;
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
