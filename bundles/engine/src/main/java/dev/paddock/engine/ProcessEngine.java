package dev.paddock.engine;

import dev.paddock.api.engine.Backend;
import dev.paddock.api.engine.BackendReport;
import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.EngineService;
import dev.paddock.api.engine.Fit;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.engine.Placement;
import dev.paddock.api.engine.Quarantined;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.settings.Defaults;
import dev.paddock.api.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The engine: one child process for each loaded model. Safe for many threads. */
@Component(service = EngineService.class, configurationPid = ProcessEngine.PID)
@Designate(ocd = ProcessEngine.Config.class)
public final class ProcessEngine implements EngineService {
    /** Where the settings of the engine are. */
    public static final String PID = "dev.paddock.engine";

    private static final Logger LOG = LoggerFactory.getLogger(ProcessEngine.class);
    private static final String SPECULATION_OFF = PID + " says that speculative is off";
    /** The start of the server comes first. */
    private static final Duration QUIET = Duration.ofMillis(300);

    /** How runner processes are started and stopped. Changes count for models loaded from then on, where nothing else is said. */
    @ObjectClassDefinition(name = "Paddock engine", description = "The processes that models run in.")
    public @interface Config {
        @AttributeDefinition(
                name = "Runner heap",
                description = "Most Java heap of a runner, with a unit: k, m or g. Models lie outside of it.")
        String runner_heap() default "256m";

        @AttributeDefinition(
                name = "Start timeout",
                description = "How long a new runner may take until it reports, as a duration like 30s.")
        String start_timeout() default "30s";

        @AttributeDefinition(
                name = "Load timeout",
                description = "How long loading may go on without a sign of progress, as a duration like 5m.")
        String load_timeout() default "5m";

        @AttributeDefinition(
                name = "Heartbeat timeout",
                description = "How long a runner may be silent before it counts as hung and is killed, as a duration"
                        + " like 30s.")
        String heartbeat_timeout() default "30s";

        @AttributeDefinition(
                name = "Stop timeout",
                description = "How long a runner may take to end before it is killed, as a duration like 3s. Counts at"
                        + " once.")
        String stop_timeout() default "3s";

        @AttributeDefinition(
                name = "Progress timeout",
                description =
                        "How long a runner may compute no token while it has something to compute before it counts"
                                + " as hung and is replaced, as a duration like 2m; 0 = for ever. Counts at once.")
        String progress_timeout() default "2m";

        @AttributeDefinition(
                name = "Host cache",
                description =
                        "How much memory each runner may use for prefixes that left the context: auto (an eighth of"
                                + " the memory, at most 8g), 0 for none, or a size like 2g. Counts at once.")
        String cache_host() default "auto";

        @AttributeDefinition(
                name = "Disk cache",
                description =
                        "How much disk all models together may use for prefixes that outlive their runner: off, or a"
                                + " size like 10g. They lie in cache/prefixes and hold what users wrote. Counts at once.")
        String cache_disk() default "off";

        @AttributeDefinition(
                name = "Speculation",
                description =
                        "Whether tokens are guessed ahead where that pays: auto or off. Answers are the same. Counts"
                                + " at once; draft models are loaded or left out when their model is loaded.")
        String speculative() default "auto";

        @AttributeDefinition(
                name = "Quarantine deaths",
                description = "How many deaths of a model's runners within the window put it in quarantine; 0 = never.")
        int quarantine_deaths() default 3;

        @AttributeDefinition(
                name = "Quarantine window",
                description = "The time in which deaths of a model's runners are counted, as a duration like 5m.")
        String quarantine_window() default "5m";

        @AttributeDefinition(
                name = "Quarantine time",
                description = "How long a model in quarantine is not loaded, as a duration like 10m.")
        String quarantine_time() default "10m";
    }

    private final LibraryStore library;
    private final UnaryOperator<RunnerCommand> adjustment;
    private final List<Backend> backends = new CopyOnWriteArrayList<>();
    private final Path prefixes;
    private final Quarantine quarantine;
    private final AdapterCheck adapters = new AdapterCheck();
    private final Set<SupervisedModel> models = ConcurrentHashMap.newKeySet();
    /** Threads that are loading, with what completes when they are done. */
    private final Map<Thread, CompletableFuture<Void>> loading = new ConcurrentHashMap<>();

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("engine-watchdog").factory());
    private final AtomicBoolean kept = new AtomicBoolean();
    private final ArchiveTraining training = new ArchiveTraining();
    private volatile EngineSettings settings;
    private volatile boolean stopped;

    /** Brings the runners' files together at once, in the background. */
    @Activate
    public ProcessEngine(@Reference Settings settings, Config config, BundleContext context) {
        this(
                LibraryStore.place(
                        Optional.ofNullable(context.getProperty("paddock.install"))
                                .map(Path::of),
                        settings.home()),
                settings.home().resolve("cache").resolve("prefixes"),
                Defaults.read(Config.class, config, EngineSettings::of, LOG::error),
                UnaryOperator.identity());
        Thread.ofVirtual().name("engine-files").start(this::assembleAhead);
    }

    /**
     * @param files where the runners' files are kept
     * @param prefixes where runners may keep computed prefixes
     * @param adjustment changes how runners are started; for tests
     */
    ProcessEngine(Path files, Path prefixes, EngineSettings settings, UnaryOperator<RunnerCommand> adjustment) {
        this.library = new LibraryStore(files);
        this.prefixes = prefixes;
        this.settings = settings;
        this.quarantine = new Quarantine(InstantSource.system(), () -> this.settings.quarantine());
        this.adjustment = adjustment;
    }

    @Modified
    void modified(Config config) {
        try {
            modified(EngineSettings.of(config));
        } catch (RuntimeException e) {
            LOG.error("the settings stay as they were: {}", e.getMessage());
        }
    }

    void modified(EngineSettings changed) {
        boolean tuned = !changed.tuning().equals(settings.tuning());
        settings = changed;
        if (!tuned) return;
        if (changed.tuning().diskCacheBytes() > 0) PrefixDirectory.prepare(prefixes);
        models.forEach(model -> model.tune(changed.tuning()));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addBackend(Backend backend) {
        backends.add(backend);
    }

    void removeBackend(Backend backend) {
        backends.remove(backend);
    }

    @Override
    public LoadedModel load(LoadOrder order, DoubleConsumer progress) {
        var done = new CompletableFuture<Void>();
        loading.put(Thread.currentThread(), done);
        try {
            if (stopped) throw stopping();
            return start(ModelCheck.checked(order));
        } finally {
            loading.remove(Thread.currentThread());
            done.complete(null);
        }
    }

    @Override
    public List<Fit> fit(LoadOrder order, List<Integer> contexts, List<Placement> placements) {
        throw new UnsupportedOperationException("in the making");
    }

    @Override
    public List<BackendReport> backends() {
        throw new UnsupportedOperationException("in the making");
    }

    @Override
    public Watch onBackendsChanged(Runnable listener) {
        throw new UnsupportedOperationException("in the making");
    }

    @Override
    public List<Device> devices() {
        throw new UnsupportedOperationException("in the making");
    }

    @Override
    public List<Quarantined> quarantined() {
        return quarantine.all();
    }

    @Override
    public boolean release(String model) {
        return quarantine.release(model);
    }

    private LoadedModel start(LoadOrder order) {
        try {
            return supervised(order);
        } catch (RunnerGone e) {
            if (order.draft().weights().isEmpty() || !settings.tuning().speculate()) throw e;
            // Perhaps it died of the draft model, which it does not need.
            return supervised(order.with(order.draft().refused("with it " + e.getMessage())));
        }
    }

    private LoadedModel supervised(LoadOrder order) {
        var before = settings;
        var first = startRunner(order);
        var model = SupervisedModel.of(
                order.model(),
                first,
                new SupervisedModel.Succession(
                        () -> startRunner(order), reason -> died(order, reason), settings.resumes()),
                adapters);
        models.add(model);
        // Whoever changed the settings meanwhile did not find it among the models.
        if (!settings.tuning().equals(before.tuning())) model.tune(settings.tuning());
        model.ended().thenRun(() -> models.remove(model));
        if (stopped) {
            model.close();
            throw stopping();
        }
        return model;
    }

    private Runner startRunner(LoadOrder order) {
        if (stopped) throw stopping();
        var current = settings;
        var files = RunnerFiles.assemble(library, backends);
        refuseQuarantined(order);
        var command = adjustment.apply(new RunnerCommand(
                RunnerCommand.ownJava(),
                files.jar().toString(),
                RunnerCommand.MAIN,
                current.heap(),
                Optional.of(ArchiveTraining.archive(files))));
        if (current.tuning().diskCacheBytes() > 0) PrefixDirectory.prepare(prefixes);
        try {
            var runner = new RunnerStart(() -> settings, prefixes, clock)
                    .load(withDraftIf(current.tuning().speculate(), order), command, files);
            tellOfDraft(order.model(), runner.facts().draft());
            if (kept.compareAndSet(false, true)) {
                Thread.ofVirtual().name("engine-housekeeping").start(() -> keepHouse(command, files));
            }
            return runner;
        } catch (RunnerGone e) {
            died(order, e.getMessage());
            throw e;
        }
    }

    private static LoadOrder withDraftIf(boolean speculate, LoadOrder order) {
        if (speculate || order.draft().weights().isEmpty()) return order;
        return order.with(order.draft().refused(SPECULATION_OFF));
    }

    private static void tellOfDraft(String model, LoadOrder.Draft draft) {
        if (draft.refusal().isEmpty()) return;
        var level = draft.refusal().equals(SPECULATION_OFF) ? Level.INFO : Level.WARN;
        LOG.atLevel(level).log("{} works without its draft model {}: {}", model, draft.model(), draft.refusal());
    }

    private void refuseQuarantined(LoadOrder order) {
        quarantine.check(suspect(order)).ifPresent(entry -> {
            throw new PaddockException(
                    Fault.QUARANTINED,
                    order.model() + " is not loaded until " + entry.until().truncatedTo(ChronoUnit.SECONDS) + ": "
                            + entry.reason());
        });
    }

    private Optional<Quarantined> died(LoadOrder order, String reason) {
        var entry = quarantine.died(suspect(order), reason);
        entry.ifPresent(held -> LOG.error(
                "{} on {} is in quarantine until {}: {}", held.model(), held.backends(), held.until(), held.reason()));
        return entry;
    }

    private Quarantine.Suspect suspect(LoadOrder order) {
        String on = backends.stream()
                .map(backend -> backend.key().id())
                .sorted()
                .distinct()
                .collect(Collectors.joining("+"));
        return new Quarantine.Suspect(order.model(), order.weights().toAbsolutePath(), on);
    }

    /** The first load finds the files ready. What fails here is told when somebody loads. */
    private void assembleAhead() {
        try {
            Thread.sleep(QUIET);
            if (!stopped && !backends.isEmpty()) RunnerFiles.assemble(library, backends);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (PaddockException e) {
            LOG.debug("not assembled ahead: {}", e.getMessage());
        }
    }

    private static PaddockException stopping() {
        return new PaddockException(Fault.UNAVAILABLE, "the engine is stopping; try again when it is back");
    }

    private void keepHouse(RunnerCommand command, RunnerFiles files) {
        RuntimeDirectory.sweep();
        library.clean();
        // In the run that trains the server's own caches only its start is of interest.
        if (!Boolean.getBoolean("paddock.training")) training.train(command, files);
    }

    /** Ends every runner and every load, bounded by the stop timeout and what killing takes. */
    @Deactivate
    void deactivate() {
        stopped = true;
        var ends = new ArrayList<>(loading.values());
        loading.keySet().forEach(Thread::interrupt);
        models.forEach(model -> ends.add(CompletableFuture.runAsync(
                model::close, task -> Thread.ofVirtual().name("close-runner").start(task))));
        training.close();
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
