package dev.paddock.engine;

import dev.paddock.api.engine.Generation;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.engine.Move;
import dev.paddock.api.engine.Quarantined;
import dev.paddock.api.engine.RunnerFacts;
import dev.paddock.api.engine.RunnerStatus;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.runner.protocol.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loaded model that outlives its runner. When the runner dies another is started with the same order, what was being
 * answered goes on there, and what comes meanwhile waits. Safe for many threads.
 */
final class SupervisedModel implements LoadedModel, Runner.Heir {
    private static final Logger LOG = LoggerFactory.getLogger(SupervisedModel.class);

    private final String name;
    private final Succession succession;
    private final AdapterCheck adapters;
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private final Object lock = new Object();
    /** Generations without a runner. */
    private final List<RunnerGeneration> waiting = new ArrayList<>();

    private volatile RunnerFacts facts;
    private Runner current;
    private Thread restart;
    private Message.Tuning tuning;
    private boolean closing;
    private PaddockException gone;

    /**
     * How a runner is followed by another.
     *
     * @param starter starts another with the same order; blocks; interrupting it stops it
     * @param died told of each death; the quarantine that it brought, if any
     * @param mostResumes how often a generation goes on after a death
     */
    record Succession(Supplier<Runner> starter, Function<String, Optional<Quarantined>> died, int mostResumes) {}

    private SupervisedModel(String name, RunnerFacts facts, Succession succession, AdapterCheck adapters) {
        this.name = name;
        this.facts = facts;
        this.succession = succession;
        this.adapters = adapters;
    }

    /** A model whose first runner is ready; from now on it is listened to. */
    static SupervisedModel of(String name, Runner first, Succession succession, AdapterCheck adapters) {
        var model = new SupervisedModel(name, first.facts(), succession, adapters);
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
            if (current != null) return current.status();
            var idle = RunnerStatus.IDLE;
            return new RunnerStatus(0, waiting.size(), 0, 0, idle.cache());
        }
    }

    @Override
    public int[] tokenize(String text, boolean addSpecial, boolean parseSpecial) {
        return ask(Message.Tokens.class, id -> new Message.Tokenize(id, text, addSpecial, parseSpecial))
                .tokens();
    }

    @Override
    public String detokenize(int[] tokens) {
        Orders.checkTokens(tokens, facts);
        return ask(Message.Text.class, id -> new Message.Detokenize(id, tokens)).text();
    }

    @Override
    public List<float[]> embed(List<int[]> inputs) {
        List<float[]> vectors = new ArrayList<>(inputs.size());
        for (List<int[]> part : EmbedOrders.parts(inputs, facts)) {
            var answer = ask(Message.Vectors.class, id -> new Message.Embed(id, part));
            if (answer.vectors().size() != part.size()) {
                throw new PaddockException(
                        Fault.INTERNAL,
                        name + ": the runner gave " + answer.vectors().size() + " vectors for " + part.size()
                                + " inputs");
            }
            vectors.addAll(answer.vectors());
        }
        return vectors;
    }

    /** Asks the runner of the time; when it dies over the question, the next one. */
    private <T extends Message> T ask(Class<T> kind, LongFunction<Message> question) {
        for (int deaths = 0; ; deaths++) {
            var runner = awaitRunner();
            try {
                return kind.cast(runner.ask(question));
            } catch (RunnerGone e) {
                if (deaths == succession.mostResumes()) throw e;
                runner.awaitSuccession();
            } catch (ClassCastException e) {
                throw new PaddockException(Fault.INTERNAL, name + ": the runner answered another question", e);
            }
        }
    }

    private Runner awaitRunner() {
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

    /** From now on the runner, and those that follow it, work so. */
    void tune(Message.Tuning wanted) {
        synchronized (lock) {
            tuning = wanted;
            if (current != null) current.tune(wanted);
        }
    }

    /** Gives it what waits; -1 when it is not wanted any more, else how many generations that was. */
    private int adopt(Runner runner) {
        int count;
        synchronized (lock) {
            if (closing) return -1;
            current = runner;
            facts = runner.facts();
            if (tuning != null) runner.tune(tuning);
            var mine = List.copyOf(waiting);
            waiting.clear();
            count = mine.size();
            for (var generation : mine) startAgain(runner, generation);
            lock.notifyAll();
        }
        runner.hear(this);
        return count;
    }

    private void startAgain(Runner runner, RunnerGeneration generation) {
        try {
            if (!runner.start(generation)) waiting.add(generation);
        } catch (PaddockException e) {
            generation.fail(e);
        }
    }

    @Override
    public void runnerEnded(String reason, List<RunnerGeneration> orphans) {
        boolean byOrder;
        synchronized (lock) {
            byOrder = closing;
            current = null;
            if (byOrder) waiting.addAll(orphans);
        }
        if (byOrder) {
            giveUp(reason, new PaddockException(Fault.RUNNER_DIED, "the runner of " + name + " ended: " + reason));
            return;
        }
        var quarantined = succession.died().apply(reason);
        int most = quarantined.isPresent() ? 0 : succession.mostResumes();
        synchronized (lock) {
            orphans.stream().filter(orphan -> orphan.survives(most, reason)).forEach(waiting::add);
        }
        if (quarantined.isEmpty()) restart(reason);
        else
            giveUp(
                    reason,
                    new PaddockException(
                            Fault.RUNNER_DIED,
                            name + " is given up: " + quarantined.get().reason()));
    }

    private void restart(String reason) {
        var thread = Thread.ofVirtual().name("restart-" + name).unstarted(() -> {
            try {
                succeed(succession.starter().get());
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

    private void succeed(Runner next) {
        int resumed = adopt(next);
        if (resumed >= 0) {
            long pid = next.facts().pid();
            LOG.info("{} goes on in process {}: {} answers resumed or begun", name, pid, resumed);
            return;
        }
        next.hear((reason, orphans) -> {});
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
        throw new UnsupportedOperationException("in the making");
    }

    @Override
    public CompletionStage<String> ended() {
        return ended;
    }

    @Override
    public void close() {
        Runner runner;
        synchronized (lock) {
            closing = true;
            runner = current;
            if (restart != null) restart.interrupt();
        }
        if (runner != null) runner.close();
        // One that is just being started stops when its thread is interrupted.
        Waiting.until(ended, Runner.LONGEST_END);
    }
}
