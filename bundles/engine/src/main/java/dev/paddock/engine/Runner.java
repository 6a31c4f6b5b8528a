package dev.paddock.engine;

import dev.paddock.api.engine.RunnerFacts;
import dev.paddock.api.engine.RunnerStatus;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.runner.protocol.Message;
import dev.paddock.runner.protocol.OutOfMemory;
import dev.paddock.runner.protocol.ProtocolException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One process with a model. One thread hears what it says and hands it to those who wait; it ends with the connection. */
final class Runner {
    private static final Logger LOG = LoggerFactory.getLogger("dev.paddock.engine.runner");
    private static final Duration LAST_BREATH = Duration.ofSeconds(2);
    /** Even a runner that has to be killed, or one that is just being started, has ended by then. */
    static final Duration LONGEST_END = Duration.ofSeconds(20);

    /** Who goes on where a runner ended. */
    @FunctionalInterface
    interface Heir {
        /**
         * It has ended; told once, by the runner's hearing thread.
         *
         * @param reason how, in words
         * @param orphans generations that had not come to their end
         */
        void runnerEnded(String reason, List<RunnerGeneration> orphans);

        /** Whether another with a smaller plan would follow one that has no memory left. */
        default boolean mayShrink() {
            return false;
        }
    }

    private final String model;
    private final RunnerLink link;
    private final RunnerFacts facts;
    private final Supplier<EngineSettings> settings;
    private final ProgressWatch progress = new ProgressWatch();
    private final AtomicLong lastId = new AtomicLong(Message.LOAD_ID);
    private final Map<Long, RunnerGeneration> generations = new ConcurrentHashMap<>();
    /** Held while something reaches a generation, so that nothing does once it is let go. */
    private final Object reaching = new Object();

    private final Map<Long, CompletableFuture<Message>> questions = new ConcurrentHashMap<>();
    private final QuestionGate texts = new QuestionGate();
    /** Apart from texts, as vectors take long. */
    private final QuestionGate vectors = new QuestionGate();

    private final AtomicBoolean closing = new AtomicBoolean();
    /** Completes when the heir knows. */
    private final CompletableFuture<String> ended = new CompletableFuture<>();

    private volatile RunnerStatus status = RunnerStatus.IDLE;
    private volatile String end;

    /**
     * A runner whose model is loaded; from {@link #hear} on somebody listens to it.
     *
     * @param settings as they are by now: they may change while it runs
     */
    Runner(String model, RunnerLink link, RunnerFacts facts, Supplier<EngineSettings> settings) {
        this.model = model;
        this.link = link;
        this.facts = facts;
        this.settings = settings;
    }

    /** Starts to listen; to be called once. */
    void hear(Heir heir) {
        Thread.ofPlatform().daemon().name("runner-" + facts.pid() + "-hears").start(() -> hearAll(heir));
    }

    private void hearAll(Heir heir) {
        String failure = "";
        try {
            while (true) take(link.connection().receive(), heir);
        } catch (ProtocolException e) {
            link.process().kill("it spoke nonsense: " + e.getMessage());
        } catch (IOException e) {
            failure = "its connection ended: " + e.getMessage();
        } catch (RuntimeException e) {
            LOG.error("[{}] a bug in the engine", facts.pid(), e);
            failure = "the engine failed: " + e;
        } finally {
            end(failure, heir);
        }
    }

    private void take(Message message, Heir heir) throws ProtocolException {
        link.watchdog().heard();
        switch (message) {
            case Message.Chunk chunk -> {
                synchronized (reaching) {
                    var generation = generations.get(chunk.id());
                    if (generation != null) generation.add(chunk);
                }
            }
            case Message.End last -> {
                synchronized (reaching) {
                    var generation = generations.remove(last.id());
                    if (generation != null) generation.finish(last);
                }
            }
            case Message.Failed failed -> failed(failed, heir);
            case Message.Tokens tokens -> answer(tokens.id(), tokens);
            case Message.Text text -> answer(text.id(), text);
            case Message.Vectors vectors -> answer(vectors.id(), vectors);
            case Message.Heartbeat beat -> beat(beat.status());
            case Message.Log log -> link.log(log);
            default ->
                throw new ProtocolException(
                        "an unexpected message: " + message.getClass().getSimpleName());
        }
    }

    private void beat(RunnerStatus now) {
        status = now;
        long stalled = progress.stalled(now, System.nanoTime());
        var most = settings.get().progress();
        if (most.isZero() || stalled <= most.toNanos()) return;
        link.process()
                .kill("it computed no token for " + most.toMillis() / 1000.0 + " s while " + now.running()
                        + " answers were running");
    }

    private void failed(Message.Failed failed, Heir heir) {
        if (outOfMemory(failed) && heir.mayShrink()) {
            link.process().kill("it ran out of memory: " + failed.message());
            return; // the answer goes on with the others
        }
        // Who closed a generation is no longer among them: what is cancelled here goes down with the runner.
        var cause = failed.code() == Fault.CANCELLED ? goingDown() : Orders.fault(failed, model);
        synchronized (reaching) {
            var generation = generations.remove(failed.id());
            if (generation != null) generation.fail(cause);
        }
        var question = questions.remove(failed.id());
        if (question != null) question.completeExceptionally(cause);
    }

    /** The runner's own want, not that of one large request. */
    private boolean outOfMemory(Message.Failed failed) {
        return failed.code() == Fault.OUT_OF_MEMORY
                && generations.containsKey(failed.id())
                && OutOfMemory.said(failed.message());
    }

    private void answer(long id, Message message) {
        var question = questions.remove(id);
        if (question != null) question.complete(message);
    }

    private void end(String failure, Heir heir) {
        // The kernel closes the socket a moment before the process is gone; its exit code is worth that moment.
        if (!link.process().awaitEnd(closing.get() ? settings.get().stop() : LAST_BREATH))
            link.process().kill(failure);
        link.process().awaitEnd(LAST_BREATH);
        String words = link.process().endWords();
        if (closing.get()) LOG.debug("[{}] {}", facts.pid(), words);
        else LOG.error("the runner of {} failed: {}", model, words);
        link.close();
        status = RunnerStatus.IDLE;
        end = closing.get() ? "it was closed by the server" : words;
        try {
            failQuestions();
            heir.runnerEnded(end, orphans());
        } finally {
            ended.complete(end);
        }
    }

    private List<RunnerGeneration> orphans() {
        List<RunnerGeneration> orphans = new ArrayList<>();
        for (long id : generations.keySet()) {
            var orphan = generations.remove(id);
            if (orphan != null) orphans.add(orphan);
        }
        return orphans;
    }

    /** Lets go of all its generations: nothing that it still says reaches them. They are to be handed to another. */
    List<RunnerGeneration> release() {
        synchronized (reaching) {
            return orphans();
        }
    }

    /** Lets go of the youngest of its generations when they take all its places, and stops it here. */
    Optional<RunnerGeneration> lend() {
        synchronized (reaching) {
            if (generations.size() < facts.parallel()) return Optional.empty();
            var youngest = generations.keySet().stream().max(Comparator.naturalOrder());
            var lent = youngest.map(generations::get);
            youngest.ifPresent(this::forget);
            return lent;
        }
    }

    /** Whether the server ended it, so that it did not die. */
    boolean retired() {
        return closing.get();
    }

    /** Whether it is gone, in whatever way. */
    boolean hasEnded() {
        return end != null;
    }

    private void failQuestions() {
        questions.values().forEach(question -> question.completeExceptionally(died()));
        questions.clear();
    }

    private RunnerGone goingDown() {
        return new RunnerGone(Fault.RUNNER_DIED, "the runner of " + model + " was told to end", null);
    }

    private RunnerGone died() {
        String how = end == null ? "its connection ended" : end;
        return new RunnerGone(Fault.RUNNER_DIED, "the runner of " + model + " ended: " + how, null);
    }

    RunnerFacts facts() {
        return facts;
    }

    /** What it last said of itself. */
    RunnerStatus status() {
        return status;
    }

    /**
     * Asks and waits for the answer.
     *
     * @throws RunnerGone when it died over it
     * @throws PaddockException when it was refused, or the thread interrupted
     */
    Message ask(LongFunction<Message> question) {
        long id = lastId.incrementAndGet();
        var message = question.apply(id);
        var gate = message instanceof Message.Embed ? vectors : texts;
        try (var _ = gate.enter(message)) {
            return ask(id, message);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PaddockException(Fault.CANCELLED, "interrupted while the runner was to be asked", e);
        }
    }

    private Message ask(long id, Message question) {
        var answer = new CompletableFuture<Message>();
        questions.put(id, answer);
        try {
            send(question);
            if (end != null) failQuestions();
            return answer.get();
        } catch (InterruptedException e) {
            forget(id);
            Thread.currentThread().interrupt();
            throw new PaddockException(Fault.CANCELLED, "interrupted while the runner was asked", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PaddockException cause) throw cause;
            throw new PaddockException(Fault.INTERNAL, model + ": " + e.getCause(), e);
        } finally {
            questions.remove(id);
        }
    }

    /** Nobody waits for the answer any more. */
    private void forget(long id) {
        generations.remove(id);
        try {
            link.connection().send(new Message.Cancel(id));
        } catch (IOException e) {
            LOG.debug("[{}] nothing to cancel, the connection ended: {}", facts.pid(), e.toString());
        }
    }

    /**
     * Begins a generation, or goes on with it.
     *
     * @return false when the runner has ended before; it is not among its orphans then
     * @throws PaddockException with {@link Fault#TOO_LARGE}
     */
    boolean start(RunnerGeneration generation) {
        long id = lastId.incrementAndGet();
        generation.handOver(
                id,
                message -> {
                    generations.put(id, generation);
                    send(id, message);
                },
                () -> forget(id));
        return end == null || generations.remove(id) == null;
    }

    private void send(long id, Message.Generate message) {
        try {
            send(message);
        } catch (RunnerGone e) {
            LOG.debug("[{}] it ends, so generation {} becomes an orphan", facts.pid(), id);
        } catch (PaddockException e) {
            generations.remove(id);
            throw e;
        }
    }

    /** From now on it works so. */
    void tune(Message.Tuning tuning) {
        try {
            send(new Message.Tune(tuning));
        } catch (RunnerGone e) {
            LOG.debug("[{}] it ends and is not tuned any more", facts.pid());
        }
    }

    private void send(Message message) {
        try {
            link.connection().send(message);
        } catch (ProtocolException e) {
            throw new PaddockException(Fault.TOO_LARGE, model + ": the request is too large: " + e.getMessage(), e);
        } catch (IOException e) {
            throw died();
        }
    }

    /** After its death, waits until its heir knows of it. */
    void awaitSuccession() {
        Waiting.until(ended, LONGEST_END);
    }

    /** Stops it: gracefully, then by force. Blocks until the process is gone; closing twice is harmless. */
    void close() {
        if (closing.compareAndSet(false, true)) {
            try {
                link.connection().send(new Message.Shutdown());
            } catch (IOException e) {
                LOG.debug("[{}] it ended before it was told to: {}", facts.pid(), e.toString());
            }
        }
        var most = settings.get().stop();
        if (!Waiting.until(ended, most)) {
            link.process().kill("it did not end within " + most.toMillis() + " ms of being told to");
            if (!Waiting.until(ended, most.plus(LAST_BREATH).plus(LAST_BREATH))) {
                LOG.error("the runner of {}, process {}, does not end", model, facts.pid());
            }
        }
    }
}
