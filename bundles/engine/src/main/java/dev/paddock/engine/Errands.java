package dev.paddock.engine;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.runner.protocol.Connection;
import dev.paddock.runner.protocol.Message;
import dev.paddock.runner.protocol.ProtocolException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runners that are asked one question, or given one work, and thrown away. Safe for many threads. */
final class Errands {
    private static final Logger LOG = LoggerFactory.getLogger("dev.paddock.engine.runner");
    private static final Duration LAST_BREATH = Duration.ofSeconds(2);

    private final ScheduledExecutorService clock;

    Errands(ScheduledExecutorService clock) {
        this.clock = clock;
    }

    /** There was no answer. */
    static final class Failure extends Exception {
        private static final long serialVersionUID = 1L;

        private final boolean late;

        Failure(boolean late, String words, Throwable cause) {
            super(words, cause);
            this.late = late;
        }

        /** Whether it took too long; else the process died. */
        boolean late() {
            return late;
        }
    }

    /**
     * Starts a runner, asks it and ends it.
     *
     * @param limit how long all of it may take
     * @return the answer, which may be {@link Message.Failed}
     * @throws PaddockException with {@link Fault#CANCELLED} when interrupted
     */
    Message ask(RunnerCommand command, Message question, Duration limit) throws Failure {
        var process = start(command, false);
        var late = new AtomicBoolean();
        var limiter = clock.schedule(
                () -> {
                    late.set(true);
                    process.kill("it did not answer within " + limit.toMillis() / 1000.0 + " s");
                },
                limit.toMillis(),
                TimeUnit.MILLISECONDS);
        try (process) {
            return answer(process, question, _ -> {}, late::get);
        } finally {
            limiter.cancel(false);
        }
    }

    /**
     * Starts a runner for a work that takes its time, behind all that answers, and ends it.
     *
     * @param silence how long it may say nothing of how far it is
     * @param told hears that
     * @return the answer, which may be {@link Message.Failed}
     * @throws PaddockException with {@link Fault#CANCELLED} when interrupted
     */
    Message work(RunnerCommand command, Message work, Duration silence, Consumer<Message.Packing> told) throws Failure {
        var process = start(command, true);
        try (process;
                var watchdog = new Watchdog(process, clock, "it came no further within", silence)) {
            Consumer<Message.Packing> heard = packing -> {
                watchdog.heard();
                told.accept(packing);
            };
            return answer(process, work, heard, () -> false);
        }
    }

    private static RunnerProcess start(RunnerCommand command, boolean background) throws Failure {
        try {
            return RunnerProcess.start(command, background);
        } catch (IOException e) {
            throw new Failure(false, "its process could not be started: " + e, e);
        }
    }

    /** What failed is asked of the process while it is still there, or one that dies would seem to have been killed. */
    private static Message answer(
            RunnerProcess process, Message question, Consumer<Message.Packing> told, BooleanSupplier late)
            throws Failure {
        try (var connection = process.accept()) {
            process.greet(connection);
            connection.send(question);
            return answer(process, connection, told);
        } catch (IOException e) {
            throw failure(process, late.getAsBoolean(), e);
        }
    }

    private static Message answer(RunnerProcess process, Connection connection, Consumer<Message.Packing> told)
            throws IOException {
        while (true) {
            switch (connection.receive()) {
                case Message.Log line -> {
                    process.tail().add(line.text());
                    LOG.debug("[{}] {}", process.pid(), line.text());
                }
                case Message.Packing packing -> told.accept(packing);
                case Message.Progress _, Message.Heartbeat _ -> {}
                case Message other -> {
                    return other;
                }
            }
        }
    }

    private static Failure failure(RunnerProcess process, boolean late, IOException cause) {
        if (Thread.currentThread().isInterrupted()) {
            throw new PaddockException(Fault.CANCELLED, "interrupted while a runner was asked", cause);
        }
        if (cause instanceof ProtocolException) process.kill("it spoke nonsense: " + cause.getMessage());
        process.awaitEnd(LAST_BREATH);
        return new Failure(late, process.endWords(), cause);
    }
}
