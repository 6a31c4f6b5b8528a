package dev.paddock.engine;

import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.runner.protocol.Connection;
import dev.paddock.runner.protocol.Message;
import dev.paddock.runner.protocol.ProtocolException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;

/** Starts a runner and brings it to the point where its model is loaded. */
final class RunnerStart {
    private static final Duration LAST_BREATH = Duration.ofSeconds(2);

    private final Supplier<EngineSettings> settings;
    private final ScheduledExecutorService clock;

    RunnerStart(Supplier<EngineSettings> settings, ScheduledExecutorService clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Blocks until the model is loaded. What was started is gone when this fails.
     *
     * @param order for messages and what is told of the runner
     * @param message what it is told to load
     * @param progress told how far it is
     * @throws PaddockException as {@link dev.paddock.api.engine.EngineService#load} says
     */
    Runner load(LoadOrder order, RunnerCommand command, Message.Load message, DoubleConsumer progress) {
        long start = System.nanoTime();
        RunnerProcess process;
        try {
            process = RunnerProcess.start(command);
        } catch (IOException e) {
            throw failed(order, "its process could not be started: " + e, e);
        }
        try {
            return load(order, process, message, progress, start);
        } catch (IOException e) {
            throw ended(order, process, e);
        } catch (PaddockException e) {
            process.close();
            throw e;
        }
    }

    private Runner load(
            LoadOrder order, RunnerProcess process, Message.Load message, DoubleConsumer progress, long start)
            throws IOException {
        var watchdog = new Watchdog(
                process, clock, "it did not report within", settings.get().start());
        Connection connection = null;
        boolean ready = false;
        try {
            connection = process.accept();
            var link = new RunnerLink(process, connection, watchdog);
            process.greet(connection);
            watchdog.allow("loading showed no progress for", settings.get().load());
            connection.send(message);
            var answer = awaitReady(order, link, progress);
            var facts = answer.facts()
                    .loadedIn(
                            order.placement().with(answer.gpuLayers()),
                            (System.nanoTime() - start) / 1_000_000,
                            outcome(order, answer));
            watchdog.allow("it gave no sign of life for", settings.get().silence());
            var runner = new Runner(order.model(), link, facts, settings);
            ready = true;
            return runner;
        } finally {
            if (!ready) {
                watchdog.close();
                if (connection != null) connection.close();
            }
        }
    }

    /** What became of the draft model. */
    private static LoadOrder.Draft outcome(LoadOrder order, Message.Ready answer) {
        String refusal = answer.draftRefusal();
        return refusal.isEmpty() ? order.draft() : order.draft().refused(refusal);
    }

    private static Message.Ready awaitReady(LoadOrder order, RunnerLink link, DoubleConsumer progress)
            throws IOException {
        while (true) {
            var message = link.connection().receive();
            link.watchdog().heard();
            switch (message) {
                case Message.Ready ready -> {
                    return ready;
                }
                case Message.Failed refused -> throw refused(order, refused, link.process());
                case Message.Log log -> link.log(log);
                case Message.Progress so -> progress.accept(Math.clamp(so.fraction(), 0, 1));
                case Message.Heartbeat _ -> {}
                default ->
                    throw new ProtocolException("an unexpected message while loading: "
                            + message.getClass().getSimpleName());
            }
        }
    }

    private static PaddockException refused(LoadOrder order, Message.Failed refused, RunnerProcess process) {
        var fault = refused.code();
        String last = process.tail().words();
        String message = "could not load " + order.model() + ": " + refused.message();
        boolean wordsHelp = fault == Fault.LOAD_FAILED && !last.isEmpty();
        return new PaddockException(fault, wordsHelp ? message + "; the runner's last words: " + last : message);
    }

    private static PaddockException ended(LoadOrder order, RunnerProcess process, IOException cause) {
        if (Thread.currentThread().isInterrupted()) {
            process.close();
            return new PaddockException(Fault.CANCELLED, "loading " + order.model() + " was interrupted", cause);
        }
        if (cause instanceof ProtocolException) process.kill("it spoke nonsense: " + cause.getMessage());
        else if (!process.awaitEnd(LAST_BREATH)) process.kill("its connection failed: " + cause.getMessage());
        process.awaitEnd(LAST_BREATH);
        String words = process.endWords();
        process.close();
        return failed(order, words, cause);
    }

    private static RunnerGone failed(LoadOrder order, String what, Exception cause) {
        return new RunnerGone(Fault.LOAD_FAILED, "the runner could not load " + order.model() + ": " + what, cause);
    }
}
