package dev.paddock.dialect.openai.batches;

import dev.paddock.dialect.kit.ErrorForm;
import dev.paddock.dialect.kit.InFlight;
import dev.paddock.dialect.openai.batches.Batch.Status;
import dev.paddock.dialect.openai.files.FileShelf;
import dev.paddock.dialect.openai.files.StoredFile;
import dev.paddock.dialect.openai.shared.BatchRoute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the batches, the oldest first, one at a time: two would take turns in loading their models. A batch that was
 * running when the server stopped goes on where it was. One thread of its own; the methods are safe for many.
 */
final class BatchRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BatchRunner.class);
    private static final Duration HOUSEKEEPING = Duration.ofMinutes(1);

    private final BatchShelf batches;
    private final FileShelf files;
    private final Map<String, BatchRoute> routes;
    private final ErrorForm errors;
    private final BatchSettings settings;
    private final InstantSource clock;
    private final InFlight inFlight = new InFlight();
    private final Semaphore work = new Semaphore(0);
    private final Thread thread = Thread.ofVirtual().name("batches").unstarted(this::loop);
    private volatile boolean stopping;
    private BatchRun running;
    private String runningId = "";

    /** @param routes the endpoints and what answers them */
    BatchRunner(
            BatchShelf batches,
            FileShelf files,
            Map<String, BatchRoute> routes,
            ErrorForm errors,
            BatchSettings settings,
            InstantSource clock) {
        this.batches = batches;
        this.files = files;
        this.routes = routes;
        this.errors = errors;
        this.settings = settings;
        this.clock = clock;
    }

    /** Begins with what is there. */
    BatchRunner start() {
        thread.start();
        return this;
    }

    /** There is a new batch. */
    void wake() {
        work.release();
    }

    /** The paths that a batch may ask. */
    Map<String, BatchRoute> routes() {
        return routes;
    }

    /** Ends a batch: at once when it waits, soon when it runs; one that is over stays as it is. */
    synchronized Batch cancel(Batch asked) throws IOException {
        Batch batch = batches.now(asked);
        boolean open = batch.status() == Status.VALIDATING || batch.status() == Status.IN_PROGRESS;
        if (!open) return batch;
        Batch cancelling = batches.change(batch.id(), now -> now.at(Status.CANCELLING, clock.instant()));
        if (runningId.equals(batch.id())) running.halt(Halt.Reason.CANCELLED);
        else if (!runningId.isEmpty() && !Files.exists(batches.results(batch))) {
            // Behind another one, and never begun: there is nothing to wait for.
            return batches.change(batch.id(), now -> now.at(Status.CANCELLED, clock.instant()));
        }
        wake();
        return cancelling;
    }

    private void loop() {
        while (!stopping) {
            try {
                keepHouse();
                for (Batch batch : batches.unfinished()) if (!stopping) step(batches.now(batch));
                boolean more = work.tryAcquire(HOUSEKEEPING.toMillis(), TimeUnit.MILLISECONDS);
                if (more) work.drainPermits();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void keepHouse() {
        try {
            batches.clear(clock.instant().minus(settings.retention()));
            files.clear(batches::uses);
        } catch (IOException e) {
            LOG.warn("old files and batches cannot be removed", e);
        }
    }

    /** Brings a batch as far as it goes now. */
    private void step(Batch batch) throws InterruptedException {
        boolean published = batch.output().isPresent() || batch.failures().isPresent();
        try {
            switch (batch.status()) {
                case VALIDATING -> validate(batch);
                case IN_PROGRESS, CANCELLING -> {
                    if (!published) run(batch);
                    else publish(batch, batch.status() == Status.CANCELLING ? Status.CANCELLED : Status.EXPIRED);
                }
                case FINALIZING -> publish(batch, Status.COMPLETED);
                default -> {}
            }
        } catch (IOException e) {
            if (!stopping) fail(batch, new Batch.InputError("storage_failed", "the server cannot use its disk", 0), e);
        } catch (RuntimeException e) {
            fail(batch, new Batch.InputError("internal_error", "internal error, see the server's log", 0), e);
        }
    }

    private void fail(Batch batch, Batch.InputError error, Exception cause) {
        LOG.error("{} failed: {}", batch.id(), error.message(), cause);
        try {
            batches.change(batch.id(), now -> now.with(List.of(error)).at(Status.FAILED, clock.instant()));
        } catch (IOException e) {
            LOG.error("{}: nor can that be written", batch.id(), e);
        }
    }

    private Optional<StoredFile> input(Batch batch) {
        return files.find(batch.order().input(), batch.order().owner().name());
    }

    private void validate(Batch batch) throws IOException, InterruptedException {
        var file = input(batch);
        if (file.isEmpty() || !routes.containsKey(batch.order().endpoint())) {
            fail(batch, new Batch.InputError("invalid_input", "the input file or the endpoint is gone", 0), null);
            return;
        }
        BatchInput.Check check;
        try (var input = new BatchInput(files.content(file.get()), batch.order().endpoint(), settings.line())) {
            check = input.check(settings.lines());
        }
        Batch checked = batches.change(batch.id(), now -> checked(now, check));
        if (!checked.status().over()) step(checked);
    }

    private Batch checked(Batch now, BatchInput.Check check) {
        if (!check.errors().isEmpty()) return now.with(check.errors()).at(Status.FAILED, clock.instant());
        Batch counted = now.with(new Batch.Counts(check.total(), 0, 0));
        return now.status() == Status.VALIDATING ? counted.at(Status.IN_PROGRESS, clock.instant()) : counted;
    }

    private void run(Batch batch) throws IOException, InterruptedException {
        var file = input(batch);
        if (file.isEmpty()) {
            fail(batch, new Batch.InputError("invalid_input", "the input file is gone", 0), null);
            return;
        }
        BatchRun.Outcome outcome;
        try (var results = new ResultLog(batches.results(batch));
                var failures = new ResultLog(batches.failures(batch))) {
            var desk = new BatchRun.Desk(
                    files.content(file.get()), results, failures, settings.line(), settings.parallel());
            outcome = run(batch, desk);
        }
        switch (outcome) {
            case STOPPED -> LOG.info("{} goes on when the server is there again", batch.id());
            case ALL_ANSWERED -> publish(batch, Status.COMPLETED);
            case EXPIRED -> publish(batch, Status.EXPIRED);
            case CANCELLED -> publish(batch, Status.CANCELLED);
            case FAILED -> throw new IOException("a result could not be written");
        }
    }

    private BatchRun.Outcome run(Batch batch, BatchRun.Desk desk) throws IOException, InterruptedException {
        var answers = new LineAnswer(
                routes.get(batch.order().endpoint()), errors, batch.order().owner());
        var run = new BatchRun(batch, desk, answers, inFlight, clock, counts -> batches.count(batch.id(), counts));
        begin(batch, run);
        try {
            var outcome = run.run();
            if (outcome == BatchRun.Outcome.EXPIRED) {
                run.giveUp("batch_expired", "the time for the batch was over before this request began");
            } else if (outcome == BatchRun.Outcome.CANCELLED) {
                run.giveUp("batch_cancelled", "the batch was cancelled before this request was answered");
            }
            return outcome;
        } finally {
            begin(null, null);
        }
    }

    /** What was cancelled or stopped before it began is halted at once. */
    private synchronized void begin(Batch batch, BatchRun run) {
        running = run;
        runningId = batch == null ? "" : batch.id();
        if (batch == null) return;
        if (batches.now(batch).status() == Status.CANCELLING) run.halt(Halt.Reason.CANCELLED);
        if (stopping) run.halt(Halt.Reason.STOPPED);
    }

    /** Makes files of the results. Their ids are kept before they are there, so that after a crash it is done once. */
    private void publish(Batch batch, Status last) throws IOException {
        boolean results = !isEmpty(batches.results(batch));
        boolean failures = !isEmpty(batches.failures(batch));
        Batch planned = batches.change(batch.id(), now -> (last == Status.COMPLETED
                        ? now.at(Status.FINALIZING, clock.instant())
                        : now)
                .with(now.output().or(() -> name(results)), now.failures().or(() -> name(failures))));
        String owner = batch.order().owner().name();
        if (planned.output().isPresent()) {
            files.adopt(batches.results(batch), planned.output().get(), owner, batch.id() + "_output.jsonl");
        }
        if (planned.failures().isPresent()) {
            files.adopt(batches.failures(batch), planned.failures().get(), owner, batch.id() + "_error.jsonl");
        }
        Files.deleteIfExists(batches.results(batch));
        Files.deleteIfExists(batches.failures(batch));
        batches.change(batch.id(), now -> now.at(last, clock.instant()));
    }

    private static boolean isEmpty(Path log) throws IOException {
        return !Files.exists(log) || Files.size(log) == 0;
    }

    private static Optional<String> name(boolean wanted) {
        return wanted ? Optional.of(FileShelf.newId("file-")) : Optional.empty();
    }

    /** Stops; a batch that runs keeps its results and goes on when there is a runner again. Blocks until nothing runs. */
    @Override
    public void close() {
        stopping = true;
        synchronized (this) {
            if (running != null) running.halt(Halt.Reason.STOPPED);
        }
        wake();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
