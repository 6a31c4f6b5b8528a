package dev.paddock.dialect.openai.batches;

import dev.paddock.dialect.kit.Errand;
import dev.paddock.dialect.kit.InFlight;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the requests of one batch that have no result yet, some at a time. One thread runs it; any may halt it. */
final class BatchRun {
    private static final Logger LOG = LoggerFactory.getLogger(BatchRun.class);

    /**
     * What it works with.
     *
     * @param input the file of requests
     * @param results where results are written
     * @param failures where those of requests that failed are written
     * @param line most bytes of a request
     * @param parallel how many requests are answered at the same time
     */
    record Desk(Path input, ResultLog results, ResultLog failures, int line, int parallel) {}

    /** How it ended. */
    enum Outcome {
        ALL_ANSWERED,
        EXPIRED,
        CANCELLED,
        STOPPED,
        FAILED
    }

    private final Batch batch;
    private final Desk desk;
    private final LineAnswer answers;
    private final InFlight inFlight;
    private final InstantSource clock;
    private final Halt halt;
    private final Consumer<Batch.Counts> told;
    private final Semaphore places;

    /** @param told is given the counts after each result, on any thread */
    BatchRun(
            Batch batch,
            Desk desk,
            LineAnswer answers,
            InFlight inFlight,
            InstantSource clock,
            Consumer<Batch.Counts> told) {
        this.batch = batch;
        this.desk = desk;
        this.answers = answers;
        this.inFlight = inFlight;
        this.clock = clock;
        this.told = told;
        this.halt = new Halt();
        this.places = new Semaphore(desk.parallel());
    }

    /** Ends it soon. */
    void halt(Halt.Reason reason) {
        halt.now(reason);
    }

    /** Runs it to one of its ends; no request is being answered any more then. */
    Outcome run() throws IOException, InterruptedException {
        tell();
        List<Thread> running = new ArrayList<>();
        try (var input = new BatchInput(desk.input(), batch.order().endpoint(), desk.line())) {
            for (var line = input.next(); line.isPresent() && goesOn(); line = input.next()) {
                if (done(line.get())) continue;
                places.acquire();
                running.removeIf(thread -> !thread.isAlive());
                running.add(start(line.get()));
            }
        } catch (InputLine.MalformedException e) {
            throw new IOException("the input was checked and has changed since", e);
        } finally {
            for (Thread thread : running) thread.join();
        }
        // Two that ended at the same time may have told in the other order.
        tell();
        return outcome();
    }

    private boolean goesOn() {
        return halt.reason().isEmpty() && !expired();
    }

    private boolean expired() {
        Instant expires = batch.order().expires();
        return !clock.instant().isBefore(expires);
    }

    private boolean done(InputLine line) {
        return desk.results().has(line.id()) || desk.failures().has(line.id());
    }

    private Outcome outcome() {
        return halt.reason()
                .map(reason -> switch (reason) {
                    case CANCELLED -> Outcome.CANCELLED;
                    case STOPPED -> Outcome.STOPPED;
                    case FAILED -> Outcome.FAILED;
                })
                .orElseGet(() -> answered() < batch.counts().total() ? Outcome.EXPIRED : Outcome.ALL_ANSWERED);
    }

    private int answered() {
        return desk.results().answered() + desk.failures().answered();
    }

    private Thread start(InputLine line) {
        return Thread.ofVirtual().name("batch-line").start(() -> {
            try {
                answer(line);
            } catch (IOException e) {
                LOG.error("{}: a result cannot be written", batch.id(), e);
                halt.now(Halt.Reason.FAILED);
            } finally {
                places.release();
            }
        });
    }

    private void answer(InputLine line) throws IOException {
        String id = LineAnswer.newId();
        for (int tries = 0; tries == 0 || goesOn(); tries++) {
            switch (once(line, id, tries)) {
                case LineAnswer.Try.Again(var pause) -> halt.pause(pause);
                case LineAnswer.Try.Stopped _ -> {
                    return;
                }
                case LineAnswer.Try.Result result -> {
                    (result.failed() ? desk.failures() : desk.results()).add(result.json());
                    tell();
                    return;
                }
            }
        }
    }

    private LineAnswer.Try once(InputLine line, String id, int tries) {
        try (Errand errand = new Errand(id, inFlight)) {
            halt.begun(errand);
            try {
                return answers.answer(line, errand, tries);
            } finally {
                halt.ended(errand);
            }
        }
    }

    private void tell() {
        told.accept(new Batch.Counts(
                batch.counts().total(),
                desk.results().answered(),
                desk.failures().answered()));
    }

    /** Gives the requests that have no result one that says why. */
    void giveUp(String code, String message) throws IOException {
        try (var input = new BatchInput(desk.input(), batch.order().endpoint(), desk.line())) {
            for (var line = input.next(); line.isPresent(); line = input.next()) {
                if (!done(line.get())) desk.failures().add(LineAnswer.never(line.get(), code, message));
            }
        } catch (InputLine.MalformedException e) {
            throw new IOException("the input was checked and has changed since", e);
        }
    }
}
