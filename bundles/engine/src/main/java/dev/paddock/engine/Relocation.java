package dev.paddock.engine;

import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.Move;
import dev.paddock.api.engine.RunnerFacts;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.DoubleConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One move of a model from its runner to another. Runs in a thread of its own, which closing the model interrupts. */
final class Relocation {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessEngine.class);
    private static final DoubleConsumer NOBODY = fraction -> {};
    /** So long the first tokens of the moved answers are waited for; longer pauses are told as this long. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final SupervisedModel model;
    private final Lineage lineage;
    private final LoadOrder wanted;
    private final Move.Terms terms;
    private final CanaryRun canary = new CanaryRun();

    Relocation(SupervisedModel model, Lineage lineage, LoadOrder wanted, Move.Terms terms) {
        this.model = model;
        this.lineage = lineage;
        this.wanted = wanted;
        this.terms = terms;
    }

    /**
     * Moves it.
     *
     * @param over called when that is done or given up, before the outcome is told
     */
    void run(Runnable over, CompletableFuture<Move> outcome) {
        try {
            var move = run();
            over.run();
            outcome.complete(move);
        } catch (RuntimeException e) {
            over.run();
            outcome.completeExceptionally(e);
        }
    }

    /** Fails when the model stays where it is, though nothing was found against the new place. */
    private Move run() {
        var old = model.present();
        var order = sized(old.facts());
        boolean compared = terms.canary() && old.facts().abilities().generate();
        CanaryRun.Question question = null;
        Canary.Answer before = null;
        if (compared) {
            question = canary.question(old);
            before = askOld(old, question);
        }
        List<CompletableFuture<Duration>> pauses = new ArrayList<>();
        if (terms.stopFirst()) {
            pauses.addAll(model.setAside(old));
            old.close();
        }
        var to = lineage.elsewhere(order, NOBODY);
        boolean taken = false;
        try {
            model.hear(to.runner());
            checkHolds(old.facts(), to.runner().facts());
            var verdict = compared ? judge(before, to, question, old) : uncompared(old);
            if (!verdict.passed()) return new Move(false, verdict.reason(), 0, Duration.ZERO);
            pauses.addAll(model.handOver(to));
            taken = true;
            return finished(old, to, pauses, verdict.reason());
        } finally {
            if (!taken) to.runner().close();
        }
    }

    private Canary.Verdict uncompared(Runner old) {
        boolean generates = old.facts().abilities().generate();
        return new Canary.Verdict(
                true, generates ? "no comparison was asked for" : "it gives vectors, which are not compared");
    }

    private Move finished(Runner old, Lineage.Elsewhere to, List<CompletableFuture<Duration>> pauses, String reason) {
        if (!terms.stopFirst()) old.close();
        var pause = longest(pauses);
        LOG.info(
                "{} goes on in process {} on {}: {} answers moved, the longest pause was {} ms",
                wanted.model(),
                to.runner().facts().pid(),
                to.order().placement().compute(),
                pauses.size(),
                pause.toMillis());
        return new Move(true, reason, pauses.size(), pause);
    }

    /** What is left open stays as it is. */
    private LoadOrder sized(RunnerFacts now) {
        return wanted.sized(
                wanted.contextLength() == 0 ? now.contextLength() : wanted.contextLength(),
                wanted.parallel() == 0 ? now.parallel() : wanted.parallel());
    }

    private static void checkHolds(RunnerFacts now, RunnerFacts then) {
        boolean same = then.vocabulary() == now.vocabulary()
                && then.contextLength() >= now.contextLength()
                && then.parallel() >= now.parallel();
        if (same) return;
        throw new PaddockException(
                Fault.INVALID_REQUEST,
                "the new runner has " + then.contextLength() + " tokens of context and " + then.parallel()
                        + " sequences, the old one " + now.contextLength() + " and " + now.parallel()
                        + "; answers that run must fit in");
    }

    private Canary.Answer askOld(Runner old, CanaryRun.Question question) {
        model.borrow(old);
        try {
            return canary.answer(old, question);
        } finally {
            model.giveBack();
        }
    }

    private Canary.Verdict judge(Canary.Answer before, Lineage.Elsewhere to, CanaryRun.Question question, Runner old) {
        Canary.Verdict verdict;
        try {
            verdict = Canary.judge(before, canary.answer(to.runner(), question), lineage.canary());
        } catch (PaddockException e) {
            if (e.fault() == Fault.CANCELLED) throw e;
            verdict = new Canary.Verdict(false, "it could not answer: " + e.getMessage());
        }
        if (!verdict.passed())
            lineage.refuse(to.order().placement(), old.facts().placement(), verdict.reason());
        return verdict;
    }

    private static Duration longest(List<CompletableFuture<Duration>> pauses) {
        long until = System.nanoTime() + LONGEST_PAUSE.toNanos();
        var longest = Duration.ZERO;
        try {
            for (var pause : pauses) {
                var one = pause.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (one.compareTo(longest) > 0) longest = one;
            }
        } catch (TimeoutException e) {
            return LONGEST_PAUSE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a pause cannot fail", e);
        }
        return longest;
    }

    /** Waits for the outcome of a move in another thread; an interrupt gives it up, if it is not too late. */
    static Move await(Thread thread, CompletableFuture<Move> outcome) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return outcome.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    thread.interrupt();
                }
            }
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof PaddockException cause)) throw new IllegalStateException(e.getCause());
            throw new PaddockException(cause.fault(), cause.getMessage(), cause);
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }
}
