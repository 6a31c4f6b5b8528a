package dev.paddock.engine;

import dev.paddock.api.engine.Chunk;
import dev.paddock.api.engine.Generation;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.engine.RunnerFacts;
import dev.paddock.api.engine.RunnerStatus;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.runner.protocol.Message;
import dev.paddock.runner.protocol.ProtocolException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A ready runner. One thread hears what it says and hands it to those who wait; it ends when the connection does. */
final class Runner implements LoadedModel {
    private static final Logger LOG = LoggerFactory.getLogger("dev.paddock.engine.runner");
    private static final Duration LAST_BREATH = Duration.ofSeconds(2);

    private final String model;
    private final RunnerLink link;
    private final RunnerFacts facts;
    private final Duration stopTimeout;
    private final AtomicLong lastId = new AtomicLong(Message.LOAD_ID);
    private final Map<Long, RunnerGeneration> generations = new ConcurrentHashMap<>();
    private final Map<Long, CompletableFuture<Message>> questions = new ConcurrentHashMap<>();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private volatile RunnerStatus status = RunnerStatus.IDLE;

    Runner(String model, RunnerLink link, RunnerFacts facts, Duration stopTimeout) {
        this.model = model;
        this.link = link;
        this.facts = facts;
        this.stopTimeout = stopTimeout;
        Thread.ofPlatform().daemon().name("runner-" + facts.pid() + "-hears").start(this::hear);
    }

    private void hear() {
        String failure = "";
        try {
            while (true) take(link.connection().receive());
        } catch (ProtocolException e) {
            link.process().kill("it spoke nonsense: " + e.getMessage());
        } catch (IOException e) {
            failure = "its connection ended: " + e.getMessage();
        } catch (RuntimeException e) {
            LOG.error("[{}] a bug in the engine", facts.pid(), e);
            failure = "the engine failed: " + e;
        } finally {
            end(failure);
        }
    }

    private void take(Message message) throws ProtocolException {
        link.watchdog().heard();
        switch (message) {
            case Message.Chunk chunk -> {
                var generation = generations.get(chunk.id());
                if (generation != null) generation.add(chunk.text(), chunk.tokens());
            }
            case Message.End last -> {
                var generation = generations.remove(last.id());
                if (generation != null) generation.finish(new Chunk.End(last.reason(), last.tally()));
            }
            case Message.Failed failed -> failed(failed);
            case Message.Tokens tokens -> answer(tokens.id(), tokens);
            case Message.Text text -> answer(text.id(), text);
            case Message.Vectors vectors -> answer(vectors.id(), vectors);
            case Message.Heartbeat beat -> status = beat.status();
            case Message.Log log -> link.log(log);
            default ->
                throw new ProtocolException(
                        "an unexpected message: " + message.getClass().getSimpleName());
        }
    }

    private void failed(Message.Failed failed) {
        var generation = generations.remove(failed.id());
        // Who closed a generation is no longer among them: what is cancelled here goes down with the runner.
        var cause = failed.code() == Fault.CANCELLED ? goingDown() : Orders.fault(failed, model);
        if (generation != null) generation.fail(cause);
        var question = questions.remove(failed.id());
        if (question != null) question.completeExceptionally(cause);
    }

    private void answer(long id, Message message) {
        var question = questions.remove(id);
        if (question != null) question.complete(message);
    }

    private void end(String failure) {
        // The kernel closes the socket a moment before the process is gone; its exit code is worth that moment.
        if (!link.process().awaitEnd(closing.get() ? stopTimeout : LAST_BREATH))
            link.process().kill(failure);
        link.process().awaitEnd(LAST_BREATH);
        String words = link.process().endWords();
        if (closing.get()) LOG.debug("[{}] {}", facts.pid(), words);
        else LOG.error("the runner of {} failed: {}", model, words);
        String reason = closing.get() ? "it was closed by the server" : words;
        link.close();
        status = RunnerStatus.IDLE;
        ended.complete(reason);
        failAll();
    }

    private void failAll() {
        generations.values().forEach(generation -> generation.fail(died()));
        generations.clear();
        questions.values().forEach(question -> question.completeExceptionally(died()));
        questions.clear();
    }

    private PaddockException goingDown() {
        return new PaddockException(Fault.RUNNER_DIED, "the runner of " + model + " was told to end");
    }

    private PaddockException died() {
        String how = ended.getNow("its connection ended");
        return new PaddockException(Fault.RUNNER_DIED, "the runner of " + model + " ended: " + how);
    }

    @Override
    public RunnerFacts facts() {
        return facts;
    }

    @Override
    public RunnerStatus status() {
        return status;
    }

    @Override
    public int[] tokenize(String text, boolean addSpecial, boolean parseSpecial) {
        var answer = ask(id -> new Message.Tokenize(id, text, addSpecial, parseSpecial));
        if (answer instanceof Message.Tokens tokens) return tokens.tokens();
        throw new PaddockException(Fault.INTERNAL, model + ": the runner answered another question");
    }

    @Override
    public String detokenize(int[] tokens) {
        Orders.checkTokens(tokens, facts);
        var answer = ask(id -> new Message.Detokenize(id, tokens));
        if (answer instanceof Message.Text text) return text.text();
        throw new PaddockException(Fault.INTERNAL, model + ": the runner answered another question");
    }

    @Override
    public List<float[]> embed(List<int[]> inputs) {
        var answer = ask(id -> new Message.Embed(id, inputs));
        if (answer instanceof Message.Vectors vectors) return vectors.vectors();
        throw new PaddockException(Fault.INTERNAL, model + ": the runner answered another question");
    }

    private Message ask(LongFunction<Message> question) {
        long id = lastId.incrementAndGet();
        var answer = new CompletableFuture<Message>();
        questions.put(id, answer);
        try {
            send(question.apply(id));
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PaddockException(Fault.CANCELLED, "interrupted while the runner was asked", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PaddockException cause) throw cause;
            throw new PaddockException(Fault.INTERNAL, model + ": " + e.getCause(), e);
        } finally {
            questions.remove(id);
        }
    }

    @Override
    public Generation generate(GenerationOrder order) {
        long id = lastId.incrementAndGet();
        var message = Orders.generate(id, order, facts);
        var generation = new RunnerGeneration(() -> cancel(id));
        generations.put(id, generation);
        try {
            send(message);
        } catch (PaddockException e) {
            generations.remove(id);
            throw e;
        }
        return generation;
    }

    private void cancel(long id) {
        generations.remove(id);
        try {
            link.connection().send(new Message.Cancel(id));
        } catch (IOException e) {
            LOG.debug("[{}] nothing to cancel, the connection ended: {}", facts.pid(), e.toString());
        }
    }

    /** Sends what was registered before; when the runner ends in between, one of the two notices. */
    private void send(Message message) {
        try {
            link.connection().send(message);
        } catch (ProtocolException e) {
            throw new PaddockException(Fault.TOO_LARGE, model + ": the request is too large: " + e.getMessage(), e);
        } catch (IOException e) {
            throw died();
        }
        if (ended.isDone()) failAll();
    }

    @Override
    public CompletionStage<String> ended() {
        return ended;
    }

    @Override
    public void close() {
        if (closing.compareAndSet(false, true)) {
            try {
                link.connection().send(new Message.Shutdown());
            } catch (IOException e) {
                LOG.debug("[{}] it ended before it was told to: {}", facts.pid(), e.toString());
            }
        }
        if (!ended(stopTimeout)) {
            link.process().kill("it did not end within " + stopTimeout.toMillis() + " ms of being told to");
            if (!ended(stopTimeout.plus(LAST_BREATH).plus(LAST_BREATH))) {
                LOG.error("the runner of {}, process {}, does not end", model, facts.pid());
            }
        }
    }

    private boolean ended(Duration most) {
        boolean interrupted = false;
        long until = System.nanoTime() + most.toNanos();
        try {
            while (true) {
                try {
                    ended.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                    return true;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException e) {
                    return false;
                } catch (ExecutionException e) {
                    throw new IllegalStateException("the end of a runner cannot fail", e);
                }
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }
}
