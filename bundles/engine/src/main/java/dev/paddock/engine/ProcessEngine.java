package dev.paddock.engine;

import dev.paddock.api.engine.Backend;
import dev.paddock.api.engine.BackendReport;
import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.EngineService;
import dev.paddock.api.engine.Fit;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.engine.Placement;
import dev.paddock.api.engine.QuantizeOrder;
import dev.paddock.api.engine.Quarantined;
import dev.paddock.api.explain.Decisions;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.settings.Defaults;
import dev.paddock.api.settings.SettingCheck;
import dev.paddock.api.settings.Settings;
import dev.paddock.gguf.GgufGate;
import dev.paddock.gguf.GgufLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine: one child process for each loaded model. Safe for many threads. */
@Component(
        service = {EngineService.class, SettingCheck.class},
        configurationPid = ProcessEngine.PID)
@Designate(ocd = EngineConfig.class)
public final class ProcessEngine implements EngineService, SettingCheck {
    /** Where the settings of the engine are. */
    public static final String PID = "dev.paddock.engine";

    private static final Logger LOG = LoggerFactory.getLogger(ProcessEngine.class);
    /** The start of the server comes first. */
    private static final Duration QUIET = Duration.ofMillis(300);

    private final Places places;
    private final Decided decided = new Decided();
    private final Runners runners;
    private final Backends backends;
    private final Fits fits;
    private final Quantizing quantizing;
    private final Quarantine quarantine;
    private final ModelCheck check;
    private final AdapterCheck adapters;
    private final Set<SupervisedModel> models = ConcurrentHashMap.newKeySet();
    /** Threads that wait for a runner, with what completes when they are done. */
    private final Map<Thread, CompletableFuture<Void>> busy = new ConcurrentHashMap<>();

    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("engine-watchdog").factory());
    private volatile EngineSettings settings;
    private volatile boolean stopped;

    /**
     * Where files are kept.
     *
     * @param library the runners' files
     * @param prefixes what runners computed
     * @param fits what models would take
     */
    record Places(Path library, Path prefixes, Path fits) {}

    /** Brings the runners' files together at once, in the background. */
    @Activate
    public ProcessEngine(
            @Reference Settings settings, @Reference GgufGate gate, EngineConfig config, BundleContext context) {
        this(
                places(
                        Optional.ofNullable(context.getProperty("paddock.install"))
                                .map(Path::of),
                        settings.home()),
                Defaults.read(EngineConfig.class, config, EngineSettings::of, LOG::error),
                UnaryOperator.identity(),
                gate);
        Thread.ofVirtual().name("engine-files").start(this::assembleAhead);
    }

    private static Places places(Optional<Path> install, Path home) {
        Path cache = home.resolve("cache");
        return new Places(LibraryStore.place(install, home), cache.resolve("prefixes"), cache.resolve("fits"));
    }

    /** @param adjustment changes how runners are started; for tests */
    ProcessEngine(Places places, EngineSettings settings, UnaryOperator<RunnerCommand> adjustment) {
        this(places, settings, adjustment, GgufGate.of(GgufLimits.DEFAULTS));
    }

    private ProcessEngine(
            Places places, EngineSettings settings, UnaryOperator<RunnerCommand> adjustment, GgufGate gate) {
        this.check = new ModelCheck(gate);
        this.adapters = new AdapterCheck(gate);
        clock.setRemoveOnCancelPolicy(true);
        this.places = places;
        this.settings = settings;
        Supplier<EngineSettings> current = () -> this.settings;
        this.quarantine = new Quarantine(InstantSource.system(), () -> this.settings.quarantine());
        this.runners = new Runners(new LibraryStore(places.library()), places.prefixes(), current, adjustment, clock);
        this.backends = new Backends(runners, decided, clock);
        this.fits = new Fits(runners, backends, new FitStore(places.fits()));
        this.quantizing = new Quantizing(runners, backends);
    }

    @Override
    public void check(Map<String, Object> values) {
        Defaults.check(EngineConfig.class, values, EngineSettings::of);
    }

    @Modified
    void modified(EngineConfig config) {
        try {
            modified(EngineSettings.of(config));
        } catch (RuntimeException e) {
            LOG.error("the settings stay as they were: {}", e.getMessage());
        }
    }

    void modified(EngineSettings changed) {
        var before = settings;
        settings = changed;
        if (!changed.backends().equals(before.backends()))
            backends.choose(changed.backends().choices());
        if (changed.tuning().equals(before.tuning())) return;
        if (changed.tuning().diskCacheBytes() > 0) PrefixDirectory.prepare(places.prefixes());
        models.forEach(SupervisedModel::tune);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addBackend(Backend backend) {
        backends.add(backend);
    }

    void removeBackend(Backend backend) {
        backends.remove(backend);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void setDecisions(Decisions decisions) {
        decided.remember(decisions);
    }

    void unsetDecisions(Decisions decisions) {
        decided.forget(decisions);
    }

    @Override
    public LoadedModel load(LoadOrder order, DoubleConsumer progress) {
        return busy(() -> supervised(check.checked(order), progress));
    }

    @Override
    public List<Fit> fit(LoadOrder order, List<Integer> contexts, List<Placement> placements) {
        return busy(() -> fits.ask(check.checked(order), contexts, placements));
    }

    @Override
    public void quantize(QuantizeOrder order, QuantizeOrder.Progress progress) {
        busy(() -> {
            quantizing.run(order, progress);
            return order;
        });
    }

    /** While it runs, stopping interrupts it and waits for its end. */
    private <T> T busy(Supplier<T> work) {
        var done = new CompletableFuture<Void>();
        busy.put(Thread.currentThread(), done);
        try {
            if (stopped) throw stopping();
            return work.get();
        } finally {
            busy.remove(Thread.currentThread());
            done.complete(null);
        }
    }

    @Override
    public List<BackendReport> backends() {
        return backends.reports();
    }

    @Override
    public Watch onBackendsChanged(Runnable listener) {
        return backends.onChange(listener);
    }

    @Override
    public List<Device> devices() {
        return backends.devices();
    }

    @Override
    public List<Quarantined> quarantined() {
        return quarantine.all();
    }

    @Override
    public boolean release(String model) {
        return quarantine.release(model);
    }

    private LoadedModel supervised(LoadOrder order, DoubleConsumer progress) {
        var workshop = new Lineage.Workshop(runners, backends, quarantine, decided, () -> stopped);
        var lineage = new Lineage(workshop, order);
        var before = settings;
        var model = SupervisedModel.of(order.model(), lineage.first(progress), lineage, adapters);
        models.add(model);
        // Whoever changed the settings meanwhile did not find it among the models.
        if (!settings.tuning().equals(before.tuning())) model.tune();
        model.ended().thenRun(() -> models.remove(model));
        if (stopped) {
            model.close();
            throw stopping();
        }
        return model;
    }

    /** The first load finds the files ready. What fails here is told when somebody loads. */
    private void assembleAhead() {
        try {
            Thread.sleep(QUIET);
            if (!stopped) backends.files(backends.resolve(Placement.CPU));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (PaddockException e) {
            LOG.debug("not assembled ahead: {}", e.getMessage());
        }
    }

    static PaddockException stopping() {
        return new PaddockException(Fault.UNAVAILABLE, "the engine is stopping; try again when it is back");
    }

    /** Ends every runner and every load, bounded by the stop timeout and what killing takes. */
    @Deactivate
    void deactivate() {
        stopped = true;
        var ends = new ArrayList<>(busy.values());
        busy.keySet().forEach(Thread::interrupt);
        ends.add(backends.stop());
        models.forEach(model -> ends.add(CompletableFuture.runAsync(
                model::close, task -> Thread.ofVirtual().name("close-runner").start(task))));
        runners.close();
        var most = settings.stop().multipliedBy(2).plus(Duration.ofSeconds(5));
        try {
            CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.error("not every runner ended when the engine stopped", e);
        }
        clock.shutdownNow();
    }
}
