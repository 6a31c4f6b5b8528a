package dev.paddock.testkit;

import dev.paddock.api.engine.Abilities;
import dev.paddock.api.engine.CacheStatus;
import dev.paddock.api.engine.Generation;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.engine.Move;
import dev.paddock.api.engine.RunnerFacts;
import dev.paddock.api.engine.RunnerStatus;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** A runner that is not there. Safe for many threads. */
final class FakeModel implements LoadedModel {
    private static final int TRAINED_CONTEXT = 8192;

    private final FakeEngine engine;
    private volatile RunnerFacts facts;
    private final Set<FakeGeneration> running = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicLong promptTokens = new AtomicLong();
    private final AtomicLong generatedTokens = new AtomicLong();

    FakeModel(FakeEngine engine, LoadOrder order, long pid) {
        this.engine = engine;
        this.facts = facts(order, pid);
    }

    private RunnerFacts facts(LoadOrder order, long pid) {
        return new RunnerFacts(
                pid,
                "FAKE",
                "fake",
                order.contextLength() == 0 ? TRAINED_CONTEXT : order.contextLength(),
                TRAINED_CONTEXT,
                order.batch() == 0 ? 512 : order.batch(),
                512,
                order.parallel() == 0 ? 4 : order.parallel(),
                order.threads() == 0 ? 1 : order.threads(),
                FakeVocabulary.SIZE,
                FakeVector.LENGTH,
                new Abilities(true, true, false, false, true),
                FakeVocabulary.bos(),
                FakeVocabulary.eos(),
                order.placement(),
                engine.machine().uses(order),
                1,
                1,
                order.draft());
    }

    @Override
    public RunnerFacts facts() {
        return facts;
    }

    @Override
    public RunnerStatus status() {
        return new RunnerStatus(running.size(), 0, promptTokens.get(), generatedTokens.get(), CacheStatus.EMPTY);
    }

    @Override
    public int[] tokenize(String text, boolean addSpecial, boolean parseSpecial) {
        checkAlive();
        return FakeVocabulary.tokenize(text, addSpecial, parseSpecial);
    }

    @Override
    public String detokenize(int[] tokens) {
        checkAlive();
        checkTokens(tokens);
        return FakeVocabulary.detokenize(tokens);
    }

    @Override
    public Generation generate(GenerationOrder order) {
        checkAlive();
        checkOrder(order);
        var generation = new FakeGeneration(this, order, engine.answerTo(order));
        running.add(generation);
        promptTokens.addAndGet(order.prompt().length);
        // A crash between the check above and the line above must not leave a generation that never ends.
        if (ended.isDone()) generation.fail(Fault.RUNNER_DIED, died());
        return generation;
    }

    @Override
    public List<float[]> embed(List<int[]> inputs) {
        checkAlive();
        inputs.forEach(this::checkInput);
        return inputs.stream().map(FakeVector::of).toList();
    }

    private void checkInput(int[] input) {
        if (input.length == 0) throw invalid("an input is empty; give at least one token");
        checkTokens(input);
        if (input.length > facts.contextLength()) throw tooLong("an input", input.length);
    }

    private PaddockException tooLong(String what, int length) {
        return new PaddockException(
                Fault.CONTEXT_TOO_LONG,
                what + " has " + length + " tokens, the context holds " + facts.contextLength());
    }

    private void checkOrder(GenerationOrder order) {
        if (order.prompt().length == 0) throw invalid("the prompt is empty; give at least one token");
        int most = order.ending().maxTokens();
        if (most < -1) throw invalid("maxTokens is " + most + "; -1 is the least");
        if (!(order.sampling().temperature().value() >= 0)) throw invalid("temperature must be zero or more");
        if (order.logprobs() < -1 || order.logprobs() > GenerationOrder.MOST_LOGPROBS) {
            throw invalid("logprobs is " + order.logprobs());
        }
        if (order.shown().size() > GenerationOrder.MOST_SHOWN) throw invalid("too many control tokens to be shown");
        if (order.shown().stream().anyMatch(s -> s.isEmpty() || s.length() > GenerationOrder.LONGEST_SHOWN)) {
            throw invalid("the text of a control token to be shown is empty or too long");
        }
        if (order.adapters().size() > GenerationOrder.MOST_ADAPTERS) throw invalid("too many adapters");
        checkTokens(order.prompt());
        if (order.prompt().length >= facts.contextLength()) {
            throw tooLong("the prompt", order.prompt().length);
        }
    }

    private static void checkTokens(int[] tokens) {
        if (Arrays.stream(tokens).anyMatch(t -> t < 0 || t >= FakeVocabulary.SIZE)) {
            throw invalid("a token is outside the vocabulary of " + FakeVocabulary.SIZE);
        }
    }

    private static PaddockException invalid(String message) {
        return new PaddockException(Fault.INVALID_REQUEST, message);
    }

    private void checkAlive() {
        if (ended.isDone()) throw new PaddockException(Fault.RUNNER_DIED, died());
    }

    private String died() {
        return "the runner of the model ended: " + ended.join();
    }

    /** The runner dies: every open generation fails. */
    void crash(String reason) {
        if (!ended.complete(reason)) return;
        engine.gone(this);
        running.forEach(generation -> generation.fail(Fault.RUNNER_DIED, died()));
    }

    void generated() {
        generatedTokens.incrementAndGet();
    }

    void finished(FakeGeneration generation, boolean cancelled) {
        if (running.remove(generation) && cancelled) engine.cancelled();
    }

    int openGenerations() {
        return running.size();
    }

    @Override
    public Move move(LoadOrder order, Move.Terms terms) {
        checkAlive();
        engine.moving(order, terms);
        facts = facts(order, facts.pid() + 1);
        return new Move(true, "a fake moves by saying so", running.size(), Duration.ZERO);
    }

    @Override
    public CompletionStage<String> ended() {
        return ended;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) return;
        engine.closed();
        crash("closed by the server");
    }
}
