package dev.paddock.engine;

import dev.paddock.api.engine.Backend;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.runner.protocol.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Starts runners for whatever they are needed. Safe for many threads. */
final class Runners implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessEngine.class);
    private static final String SPECULATION_OFF = ProcessEngine.PID + " says that speculative is off";

    private final LibraryStore library;
    private final Path prefixes;
    private final Supplier<EngineSettings> settings;
    private final UnaryOperator<RunnerCommand> adjustment;
    private final ScheduledExecutorService clock;
    private final Errands errands;
    private final ArchiveTraining training = new ArchiveTraining();
    /** Directories that were looked after since the start. */
    private final Set<Path> kept = ConcurrentHashMap.newKeySet();

    /**
     * @param prefixes where runners may keep computed prefixes
     * @param adjustment changes how runners are started; for tests
     */
    Runners(
            LibraryStore library,
            Path prefixes,
            Supplier<EngineSettings> settings,
            UnaryOperator<RunnerCommand> adjustment,
            ScheduledExecutorService clock) {
        this.library = library;
        this.prefixes = prefixes;
        this.settings = settings;
        this.adjustment = adjustment;
        this.clock = clock;
        this.errands = new Errands(clock);
    }

    EngineSettings settings() {
        return settings.get();
    }

    /** The files of these backends, brought together. */
    RunnerFiles files(List<Backend> used) {
        return RunnerFiles.assemble(library, used);
    }

    private RunnerCommand command(RunnerFiles files) {
        return adjustment.apply(new RunnerCommand(
                RunnerCommand.ownJava(),
                files.jar().toString(),
                RunnerCommand.MAIN,
                settings().heap(),
                Optional.of(ArchiveTraining.archive(files))));
    }

    /** Asks a runner that does nothing else. */
    Message ask(RunnerFiles files, Message question, Duration limit) throws Errands.Failure {
        return errands.ask(command(files), question, limit);
    }

    /** Gives a runner a work that takes its time; it may be silent for as long as the settings say. */
    Message work(RunnerFiles files, Message work, Consumer<Message.Packing> told) throws Errands.Failure {
        return errands.work(command(files), work, settings().quantize(), told);
    }

    /**
     * A runner that has loaded a model.
     *
     * @param order placed on what the files are of
     * @param tuning what it is told
     * @param progress told how far it is
     */
    Runner load(LoadOrder order, RunnerFiles files, Message.Tuning tuning, DoubleConsumer progress) {
        var command = command(files);
        if (tuning.diskCacheBytes() > 0) PrefixDirectory.prepare(prefixes);
        var wanted = withDraftIf(tuning.speculate(), order);
        var message = Orders.load(wanted, files, tuning, prefixes);
        var runner = new RunnerStart(settings, clock).load(wanted, command, message, progress);
        tellOfDraft(order.model(), runner.facts().draft());
        if (kept.add(files.directory())) {
            Thread.ofVirtual().name("engine-housekeeping").start(() -> keepHouse(command, files));
        }
        return runner;
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

    private void keepHouse(RunnerCommand command, RunnerFiles files) {
        RuntimeDirectory.sweep();
        library.clean();
        // In the run that trains the server's own caches only its start is of interest.
        if (!Boolean.getBoolean("paddock.training")) training.train(command, files);
    }

    @Override
    public void close() {
        training.close();
    }
}
