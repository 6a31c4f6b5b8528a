package dev.paddock.engine;

import dev.paddock.api.engine.Generation;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.engine.Move;
import dev.paddock.api.engine.RunnerFacts;
import dev.paddock.api.engine.RunnerStatus;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.runner.protocol.OutOfMemory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loaded model that outlives its runner. When the runner dies another is started with the same order, what was being
 * answered goes on there, and what comes meanwhile waits. Safe for many threads.
 */
final class SupervisedModel implements LoadedModel {
    private static final Logger LOG = LoggerFactory.getLogger(SupervisedModel.class);

    private final String name;
    private final Lineage lineage;
    private final AdapterCheck adapters;
    private final Asking asking;
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private final Object lock = new Object();
    /** Generations without a runner. */
    private final List<RunnerGeneration> waiting = new ArrayList<>();

    private volatile RunnerFacts facts;
    private Runner current;
    private Thread restart;
    private boolean tuned;
    /** How the last runner ended, while a move is to bring the next. */
    private String vacated;

    private Moving moving;
    /** Whether the move has yet to bring the next runner; nobody else starts one meanwhile. */
    private boolean bringing;

    private boolean closing;
    private PaddockException gone;

    /** A move under way. */
    private record Moving(Thread thread, CompletableFuture<Move> outcome) {}

    /** Who goes on where one runner of this model ended. */
    private final class Succession implements Runner.Heir {
        private final Runner of;

        Succession(Runner of) {
            this.of = of;
        }

        @Override
        public void runnerEnded(String reason, List<RunnerGeneration> orphans) {
            SupervisedModel.this.runnerEnded(of, reason, orphans);
        }

        @Override
        public boolean mayShrink() {
            return lineage.mayShrink();
        }
    }

    private SupervisedModel(String name, RunnerFacts facts, Lineage lineage, AdapterCheck adapters) {
        this.name = name;
        this.facts = facts;
        this.lineage = lineage;
        this.adapters = adapters;
        this.asking = new Asking(name, this::present, lineage::mostResumes);
    }

    /** A model whose first runner is ready; from now on it is listened to. */
    static SupervisedModel of(String name, Runner first, Lineage lineage, AdapterCheck adapters) {
        var model = new SupervisedModel(name, first.facts(), lineage, adapters);
        model.adopt(first);
        return model;
    }

    @Override
    public RunnerFacts facts() {
        return facts;
    }

    @Override
    public RunnerStatus status() {
        synchronized (lock) {
            return current != null ? current.status() : RunnerStatus.waiting(waiting.size());
        }
    }

    @Override
    public int[] tokenize(String text, boolean addSpecial, boolean parseSpecial) {
        return asking.tokenize(text, addSpecial, parseSpecial);
    }

    @Override
    public String detokenize(int[] tokens) {
        Orders.checkTokens(tokens, facts);
        return asking.detokenize(tokens);
    }

    @Override
    public List<float[]> embed(List<int[]> inputs) {
        return asking.embed(EmbedOrders.parts(inputs, facts));
    }

    /** The runner of the time; waits for one that is being started. */
    Runner present() {
        synchronized (lock) {
            try {
                while (current == null && gone == null) lock.wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new PaddockException(Fault.CANCELLED, "interrupted while the runner was asked", e);
            }
            if (current != null) return current;
            throw again(gone);
        }
    }

    @Override
    public Generation generate(GenerationOrder order) {
        adapters.check(order.adapters());
        var generation = new RunnerGeneration(Orders.checked(order, facts));
        synchronized (lock) {
            if (gone != null) throw again(gone);
            // One that is dead already, but has not said so, will leave an heir.
            if (current == null || !current.start(generation)) waiting.add(generation);
        }
        return generation;
    }

    /** The settings are others: the runner of the time is told, as is one that was started before and comes later. */
    void tune() {
        synchronized (lock) {
            tuned = true;
            if (current != null) current.tune(lineage.tuning());
        }
    }

    /** Gives it what waits; -1 when it is not wanted any more, else how many generations that was. */
    private int adopt(Runner runner) {
        int count;
        synchronized (lock) {
            if (closing) return -1;
            take(runner);
            count = waiting.size();
            deliver();
        }
        hear(runner);
        return count;
    }

    private void take(Runner runner) {
        current = runner;
        facts = runner.facts();
        vacated = null;
        if (tuned) runner.tune(lineage.tuning());
    }

    /** The runner of the time gets all that waits. */
    private void deliver() {
        var mine = List.copyOf(waiting);
        waiting.clear();
        for (var generation : mine) startAgain(current, generation);
        lock.notifyAll();
    }

    private void startAgain(Runner runner, RunnerGeneration generation) {
        try {
            if (!runner.start(generation)) waiting.add(generation);
        } catch (PaddockException e) {
            generation.fail(e);
        }
    }

    private void runnerEnded(Runner runner, String reason, List<RunnerGeneration> orphans) {
        boolean byOrder;
        synchronized (lock) {
            if (runner != current) {
                leftBehind(reason, orphans);
                return;
            }
            byOrder = closing;
            current = null;
            if (byOrder) waiting.addAll(orphans);
        }
        if (byOrder) {
            giveUp(reason, new PaddockException(Fault.RUNNER_DIED, "the runner of " + name + " ended: " + reason));
            return;
        }
        var quarantined = lineage.died(reason);
        int most = quarantined.isPresent() ? 0 : lineage.mostResumes();
        synchronized (lock) {
            orphans.stream().filter(orphan -> orphan.survives(most, reason)).forEach(waiting::add);
            if (current != null) {
                deliver(); // a move has brought another meanwhile
                return;
            }
            if (quarantined.isEmpty() && bringing && !closing) {
                vacated = reason; // the move brings the next one, or starts it when it has failed
                return;
            }
        }
        if (quarantined.isEmpty()) restart(reason);
        else
            giveUp(
                    reason,
                    new PaddockException(
                            Fault.RUNNER_DIED,
                            name + " is given up: " + quarantined.get().reason()));
    }

    /** A runner that was left, or never taken, has ended; what it had when it died of itself goes on like the rest. */
    private void leftBehind(String reason, List<RunnerGeneration> orphans) {
        orphans.stream()
                .filter(orphan -> orphan.survives(lineage.mostResumes(), reason))
                .forEach(waiting::add);
        if (current != null) deliver();
        if (gone == null) return;
        waiting.forEach(generation -> generation.fail(gone));
        waiting.clear();
    }

    private void restart(String reason) {
        var thread = Thread.ofVirtual().name("restart-" + name).unstarted(() -> {
            try {
                succeed(lineage.next(reason, OutOfMemory.said(reason)), reason);
            } catch (RuntimeException e) {
                giveUp(
                        reason + "; no other could be started: " + e.getMessage(),
                        new PaddockException(
                                Fault.RUNNER_DIED,
                                "the runner of " + name + " died: " + reason + "; another could not be started: "
                                        + e.getMessage(),
                                e));
            }
        });
        boolean late;
        synchronized (lock) {
            late = closing;
            restart = thread;
        }
        if (late) giveUp(reason, new PaddockException(Fault.RUNNER_DIED, "the runner of " + name + " was told to end"));
        else thread.start();
    }

    private void succeed(Runner next, String reason) {
        int resumed = adopt(next);
        if (resumed >= 0) {
            lineage.restarted(reason, next.facts().pid(), resumed);
            return;
        }
        next.hear((_, _) -> {});
        next.close();
        throw new PaddockException(Fault.RUNNER_DIED, "it was closed meanwhile");
    }

    private void giveUp(String reason, PaddockException cause) {
        List<RunnerGeneration> left;
        synchronized (lock) {
            if (gone == null) gone = cause;
            left = List.copyOf(waiting);
            waiting.clear();
            lock.notifyAll();
        }
        left.forEach(generation -> generation.fail(cause));
        ended.complete(reason);
    }

    private static PaddockException again(PaddockException cause) {
        return new PaddockException(cause.fault(), cause.getMessage(), cause);
    }

    @Override
    public Move move(LoadOrder order, Move.Terms terms) {
        var outcome = new CompletableFuture<Move>();
        var relocation = new Relocation(this, lineage, order, terms);
        var thread = Thread.ofVirtual().name("move-" + name).unstarted(() -> relocation.run(this::moveEnds, outcome));
        synchronized (lock) {
            if (gone != null) throw again(gone);
            if (closing) throw closed();
            if (moving != null) {
                throw new PaddockException(Fault.UNAVAILABLE, name + " is being moved already; try again after that");
            }
            moving = new Moving(thread, outcome);
            bringing = true;
        }
        thread.start();
        return Relocation.await(thread, outcome);
    }

    private void moveEnds() {
        String left;
        synchronized (lock) {
            moving = null;
            bringing = false;
            left = vacated;
            vacated = null;
            if (current != null) deliver();
        }
        if (left != null) restart(left);
    }

    /** The runner is ended to make room for a move. What it had waits; empty when it has gone before. */
    List<CompletableFuture<Duration>> setAside(Runner old) {
        synchronized (lock) {
            if (old != current) return List.of();
            current = null;
            vacated = "it was ended to make room for the next one";
            return leave(old.release());
        }
    }

    /** Takes a place of the runner's for a question of our own, if none is free; {@link #giveBack} ends that. */
    void borrow(Runner old) {
        synchronized (lock) {
            if (old == current) leave(old.lend().map(List::of).orElse(List.of()));
        }
    }

    /** What waits goes on where it was. */
    void giveBack() {
        synchronized (lock) {
            if (current != null) deliver();
        }
    }

    private List<CompletableFuture<Duration>> leave(List<RunnerGeneration> generations) {
        List<CompletableFuture<Duration>> pauses = new ArrayList<>();
        for (var generation : generations) {
            generation.moves().ifPresent(pauses::add);
            waiting.add(generation);
        }
        return pauses;
    }

    /** Somebody listens to it from now on. */
    void hear(Runner runner) {
        runner.hear(new Succession(runner));
    }

    /**
     * The runner of the time becomes another, which has all answers from now on.
     *
     * @return completes with the time that they gave nothing, for each that was running
     * @throws PaddockException when the model was closed or given up meanwhile, or that runner has ended
     */
    List<CompletableFuture<Duration>> handOver(Lineage.Elsewhere to) {
        synchronized (lock) {
            if (gone != null) throw again(gone);
            if (closing) throw closed();
            if (to.runner().hasEnded()) {
                throw new RunnerGone(Fault.LOAD_FAILED, "the new runner of " + name + " ended at once", null);
            }
            var pauses = current == null ? List.<CompletableFuture<Duration>>of() : leave(current.release());
            lineage.moved(to);
            bringing = false;
            take(to.runner());
            deliver();
            return pauses;
        }
    }

    private PaddockException closed() {
        return new PaddockException(Fault.UNAVAILABLE, name + " was closed");
    }

    @Override
    public CompletionStage<String> ended() {
        return ended;
    }

    @Override
    public void close() {
        Runner runner;
        Moving move;
        synchronized (lock) {
            closing = true;
            runner = current;
            move = moving;
            if (restart != null) restart.interrupt();
            if (move != null) move.thread().interrupt();
        }
        if (runner != null) runner.close();
        if (move != null) Waiting.until(move.outcome().handle((_, _) -> null), Runner.LONGEST_END);
        // One that is just being started stops when its thread is interrupted.
        Waiting.until(ended, Runner.LONGEST_END);
    }
}
