package dev.paddock.testkit;

import dev.paddock.api.engine.BackendReport;
import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.EngineService;
import dev.paddock.api.engine.Fit;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.engine.Move;
import dev.paddock.api.engine.Placement;
import dev.paddock.api.engine.QuantizeOrder;
import dev.paddock.api.engine.Quarantined;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleConsumer;
import java.util.function.UnaryOperator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * An engine without processes: it answers by script, at once, always the same. Without a script it repeats the last
 * user's words. As a service it outranks the real engine; there, where no test can reach its methods, the user's words
 * direct it: {@code fake:say=TEXT} sets the answer, {@code fake:crash=N} kills the runner after N tokens,
 * {@code fake:hold=N} waits after N tokens until {@code fake:open} is asked, and a model with {@code unloadable} in its
 * name cannot be loaded. Control tokens in an answer are control tokens: they print when the order shows them. Of all
 * samplers it knows a bias of {@link FakeVocabulary#FORCE}. Safe for many threads.
 */
@Component(service = EngineService.class, property = "service.ranking:Integer=1000")
public final class FakeEngine implements EngineService {
    private static final String OPEN = "fake:open";

    private final List<LoadOrder> loads = new CopyOnWriteArrayList<>();
    private final FakeMachine machine = new FakeMachine();
    private final ConcurrentLinkedQueue<PaddockException> failingFits = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<PaddockException> failingMoves = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<PaddockException> failingQuantizations = new ConcurrentLinkedQueue<>();
    private final List<QuantizeOrder> quantized = new CopyOnWriteArrayList<>();
    private final List<FakeMove> moves = new CopyOnWriteArrayList<>();
    private final List<String> prompts = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<PaddockException> failures = new ConcurrentLinkedQueue<>();
    private final List<Quarantined> quarantined = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Integer> crashes = new ConcurrentLinkedQueue<>();
    private final Set<FakeModel> alive = ConcurrentHashMap.newKeySet();
    private final AtomicInteger closes = new AtomicInteger();
    private final AtomicInteger cancels = new AtomicInteger();
    private final AtomicReference<Gate> directed = new AtomicReference<>(new Gate());

    private volatile UnaryOperator<String> script = FakeAnswer::lastTurn;
    private volatile Optional<Gate> loadGate = Optional.empty();
    private volatile Optional<Gate> moveGate = Optional.empty();
    private volatile Optional<Gate> quantizeGate = Optional.empty();
    private volatile Optional<Gate> tokenGate = Optional.empty();
    private volatile int holdAfter;

    @Activate
    public FakeEngine() {}

    // --- what a test tells it

    /** Every answer from now on is this text. */
    public FakeEngine answer(String text) {
        return answer(prompt -> text);
    }

    /** Every answer from now on is made of the prompt's text, control tokens included. */
    public FakeEngine answer(UnaryOperator<String> fromPrompt) {
        script = fromPrompt;
        return this;
    }

    /** Every load from now on waits at the gate that is given back. */
    public Gate holdLoads() {
        var gate = new Gate();
        loadGate = Optional.of(gate);
        return gate;
    }

    /** Every move from now on waits at the gate that is given back. */
    public Gate holdMoves() {
        var gate = new Gate();
        moveGate = Optional.of(gate);
        return gate;
    }

    /** What it computes on, to be changed. */
    public FakeMachine machine() {
        return machine;
    }

    /** The next dry run fails so; call it again to plan more. */
    public FakeEngine failNextFit(Fault fault, String message) {
        failingFits.add(new PaddockException(fault, message));
        return this;
    }

    /** The next move fails so; call it again to plan more. */
    public FakeEngine failNextMove(Fault fault, String message) {
        failingMoves.add(new PaddockException(fault, message));
        return this;
    }

    /** The next quantization fails so, halfway; call it again to plan more. */
    public FakeEngine failNextQuantization(Fault fault, String message) {
        failingQuantizations.add(new PaddockException(fault, message));
        return this;
    }

    /** Every quantization from now on waits halfway at the gate that is given back. */
    public Gate holdQuantizations() {
        var gate = new Gate();
        quantizeGate = Optional.of(gate);
        return gate;
    }

    /** Every generation started from now on waits at the gate that is given back, after so many tokens. */
    public Gate holdAfter(int tokens) {
        var gate = new Gate();
        holdAfter = tokens;
        tokenGate = Optional.of(gate);
        return gate;
    }

    /** The next load that has no other failure planned fails so; call it again to plan more. */
    public FakeEngine failNextLoad(Fault fault, String message) {
        failures.add(new PaddockException(fault, message));
        return this;
    }

    /** The runner of the next generation dies after so many of its tokens; call it again to plan more. */
    public FakeEngine crashNextAfter(int tokens) {
        crashes.add(tokens);
        return this;
    }

    /** Every runner that is alive dies now. */
    public void crashAll() {
        alive.forEach(model -> model.crash("killed by the test"));
    }

    // --- what it was told

    /** Every load that was asked for, failed ones too, in order. */
    public List<LoadOrder> loads() {
        return List.copyOf(loads);
    }

    /** Every move that was asked for, failed ones too, in order. */
    public List<FakeMove> moves() {
        return List.copyOf(moves);
    }

    /** Every quantization that was asked for, failed ones too, in order. */
    public List<QuantizeOrder> quantized() {
        return List.copyOf(quantized);
    }

    /** The text of every prompt, in order, without the begin-of-sequence token. */
    public List<String> prompts() {
        return List.copyOf(prompts);
    }

    /** Models that were closed. */
    public int closes() {
        return closes.get();
    }

    /** Generations that were closed before their end. */
    public int cancels() {
        return cancels.get();
    }

    /** Runners that are alive. */
    public int alive() {
        return alive.size();
    }

    /** Generations that are open, over all runners. */
    public int running() {
        return alive.stream().mapToInt(FakeModel::openGenerations).sum();
    }

    @Override
    public LoadedModel load(LoadOrder order, DoubleConsumer progress) {
        loads.add(order);
        progress.accept(0.5);
        loadGate.ifPresent(FakeEngine::standBefore);
        var failure = failures.poll();
        if (failure != null) throw failure;
        if (order.model().contains("unloadable")) {
            throw new PaddockException(Fault.LOAD_FAILED, "the runner could not load " + order.model());
        }
        var model = new FakeModel(this, order, loads.size());
        alive.add(model);
        progress.accept(1);
        return model;
    }

    @Override
    public List<Fit> fit(LoadOrder order, List<Integer> contexts, List<Placement> placements) {
        var failure = failingFits.poll();
        if (failure != null) throw failure;
        return machine.fits(order, contexts, placements);
    }

    /** The target is the source with another number for its type. */
    @Override
    public void quantize(QuantizeOrder order, QuantizeOrder.Progress progress) {
        quantized.add(order);
        FakeQuantizer.run(order, progress, () -> {
            quantizeGate.ifPresent(FakeEngine::standBefore);
            var failure = failingQuantizations.poll();
            if (failure != null) throw failure;
        });
    }

    @Override
    public List<BackendReport> backends() {
        return machine.backends();
    }

    @Override
    public Watch onBackendsChanged(Runnable listener) {
        return machine.watch(listener);
    }

    @Override
    public List<Device> devices() {
        return machine.devices(alive);
    }

    /** A model goes on elsewhere, unless that is to fail. */
    void moving(LoadOrder order, Move.Terms terms) {
        moves.add(new FakeMove(order, terms));
        moveGate.ifPresent(FakeEngine::standBefore);
        var failure = failingMoves.poll();
        if (failure != null) throw failure;
    }

    @Override
    public List<Quarantined> quarantined() {
        return List.copyOf(quarantined);
    }

    @Override
    public boolean release(String model) {
        return quarantined.removeIf(entry -> entry.model().equals(model));
    }

    /** From now on this model is reported as quarantined, until it is released. */
    public FakeEngine quarantine(Quarantined entry) {
        quarantined.add(entry);
        return this;
    }

    private static void standBefore(Gate gate) {
        try {
            gate.arrive().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PaddockException(Fault.CANCELLED, "it was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a gate cannot fail", e);
        }
    }

    FakeAnswer answerTo(GenerationOrder order) {
        int[] tokens = order.prompt();
        int from = tokens[0] == FakeVocabulary.BOS ? 1 : 0;
        String prompt = FakeVocabulary.detokenize(Arrays.copyOfRange(tokens, from, tokens.length));
        prompts.add(prompt);
        if (FakeAnswer.lastTurn(prompt).contains(OPEN))
            directed.getAndSet(new Gate()).open();
        Integer crash = crashes.poll();
        return new FakeAnswer(script.apply(prompt), crash == null ? -1 : crash, holdAfter, tokenGate)
                .directedBy(prompt, directed.get())
                .forcedBy(order);
    }

    void cancelled() {
        cancels.incrementAndGet();
    }

    void closed() {
        closes.incrementAndGet();
    }

    void gone(FakeModel model) {
        alive.remove(model);
    }
}
