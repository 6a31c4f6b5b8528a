package dev.paddock.engine;

import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.Placement;
import dev.paddock.api.engine.Quarantined;
import dev.paddock.api.engine.Refusal;
import dev.paddock.api.engine.RunnerFacts;
import dev.paddock.api.explain.Decision;
import dev.paddock.api.fault.BusyException;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.engine.backend.HostMemory;
import dev.paddock.runner.protocol.Message;
import dev.paddock.runner.protocol.OutOfMemory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runners of one model, one after the other: each is started by the order of the time, which becomes smaller once
 * when memory runs out, and another when the model moves or its backend has gone. Safe for many threads.
 */
final class Lineage {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessEngine.class);
    private static final DoubleConsumer NOBODY = fraction -> {};

    private final Workshop workshop;
    private final String model;
    private LoadOrder order;
    private boolean shrunk;

    /**
     * What runners are made with.
     *
     * @param runners starts them
     * @param backends what they run on
     * @param quarantine what keeps dying
     * @param decided is told what was decided
     * @param stopped whether no more are to be started
     */
    record Workshop(
            Runners runners, Backends backends, Quarantine quarantine, Decided decided, BooleanSupplier stopped) {}

    Lineage(Workshop workshop, LoadOrder order) {
        this.workshop = workshop;
        this.model = order.model();
        this.order = order;
    }

    /** How often a generation goes on after a death. */
    int mostResumes() {
        return workshop.runners().settings().resumes();
    }

    /** What the settings say, within what this model was allowed. */
    synchronized Message.Tuning tuning() {
        var wanted = workshop.runners().settings().tuning();
        if (order.hostCacheLimit() == Long.MAX_VALUE) return wanted;
        long memory = HostMemory.here().device(order.placement().host()).totalBytes();
        return HostCache.within(wanted, order.hostCacheLimit(), memory);
    }

    /**
     * The first runner.
     *
     * @throws PaddockException as {@link dev.paddock.api.engine.EngineService#load} says
     */
    Runner first(DoubleConsumer progress) {
        var wanted = order();
        return started(wanted.on(workshop.backends().resolve(wanted.placement())), progress, false);
    }

    /**
     * The one that follows a death.
     *
     * @param reason how the last one ended
     * @param memory whether it was for want of memory
     */
    Runner next(String reason, boolean memory) {
        var wanted = order();
        if (!workshop.backends().holds(wanted.placement())) {
            var there = workshop.backends().resolve(Placement.CPU);
            String text = model + " goes on on " + there.host() + ": its runner ended (" + reason + "), and "
                    + wanted.placement().compute() + " cannot be used any more";
            tell(Decision.Kind.MOVED, text, "from", wanted.placement().compute(), "to", there.host());
            return started(wanted.on(there), NOBODY, true);
        }
        var smaller = memory ? smaller(wanted, true) : Optional.<LoadOrder>empty();
        if (smaller.isPresent()) return started(shrink(wanted, smaller.get(), reason), NOBODY, true);
        return started(wanted, NOBODY, true);
    }

    /** Whether a runner that has no memory left may be followed by a smaller one. */
    boolean mayShrink() {
        return smaller(order(), true).isPresent();
    }

    /**
     * A runner elsewhere, which is not this model's yet. Running answers must fit in.
     *
     * @return with the order that it was started by, for {@link #moved}
     */
    Elsewhere elsewhere(LoadOrder wanted, DoubleConsumer progress) {
        var there = wanted.on(workshop.backends().resolve(wanted.placement()));
        try {
            return new Elsewhere(withOrWithoutDraft(there, progress), there);
        } catch (PaddockException e) {
            var less = forWantOfMemory(e) ? SmallerPlan.of(there, layers(there), true) : Optional.<LoadOrder>empty();
            if (less.isEmpty()) throw e;
            tellShrunk(there, less.get(), e.getMessage());
            return new Elsewhere(withOrWithoutDraft(less.get(), progress), less.get());
        }
    }

    /** A runner and how it was started. */
    record Elsewhere(Runner runner, LoadOrder order) {}

    /** From now on runners are started so. */
    synchronized void moved(Elsewhere to) {
        order = pinned(to.order(), to.runner().facts());
        shrunk = false;
    }

    /** When a new backend may take over. */
    Canary.Rules canary() {
        return workshop.runners().settings().backends().canary();
    }

    /** A new place was found wanting: what is new there is not used. */
    void refuse(Placement there, Placement here, String reason) {
        var suspect = there.offloads() && !there.compute().equals(here.compute()) ? there.compute() : there.host();
        if (suspect.equals(here.compute()) || suspect.equals(here.host())) return;
        String remedy = "keep the old version, or pin this one to have it used all the same";
        workshop.backends().refuse(suspect, new Refusal(Refusal.Reason.CANARY_FAILED, model + ": " + reason, remedy));
    }

    private synchronized LoadOrder order() {
        return order;
    }

    private Runner started(LoadOrder wanted, DoubleConsumer progress, boolean answersRun) {
        Runner runner;
        try {
            runner = withOrWithoutDraft(wanted, progress);
        } catch (PaddockException e) {
            var smaller = forWantOfMemory(e) ? smaller(wanted, answersRun) : Optional.<LoadOrder>empty();
            if (smaller.isEmpty()) throw e;
            wanted = shrink(wanted, smaller.get(), e.getMessage());
            runner = withOrWithoutDraft(wanted, progress);
        }
        synchronized (this) {
            order = pinned(wanted.with(runner.facts().draft()), runner.facts());
        }
        return runner;
    }

    /** What was left open is settled by the first runner: those that follow must hold the same answers. */
    private static LoadOrder pinned(LoadOrder by, RunnerFacts facts) {
        return facts.abilities().generate() ? by.sized(facts.contextLength(), facts.parallel()) : by;
    }

    private Runner withOrWithoutDraft(LoadOrder wanted, DoubleConsumer progress) {
        try {
            return start(wanted, progress);
        } catch (RunnerGone e) {
            boolean drafted = wanted.draft().weights().isPresent()
                    && workshop.runners().settings().tuning().speculate();
            if (!drafted) throw e;
            // Perhaps it died of the draft model, which it does not need.
            return start(wanted.with(wanted.draft().refused("with it " + e.getMessage())), progress);
        }
    }

    private Runner start(LoadOrder wanted, DoubleConsumer progress) {
        if (workshop.stopped().getAsBoolean()) throw ProcessEngine.stopping();
        refuseQuarantined(wanted);
        var files = workshop.backends().files(wanted.placement());
        try {
            return workshop.runners().load(wanted, files, tuning(), progress);
        } catch (RunnerGone e) {
            died(wanted, e.getMessage());
            throw e;
        }
    }

    private synchronized Optional<LoadOrder> smaller(LoadOrder wanted, boolean answersRun) {
        return shrunk ? Optional.empty() : SmallerPlan.of(wanted, layers(wanted), answersRun);
    }

    /** By its fault, or by the last words of a runner. */
    private static boolean forWantOfMemory(PaddockException failure) {
        return failure.fault() == Fault.OUT_OF_MEMORY
                || (failure instanceof RunnerGone && OutOfMemory.said(failure.getMessage()));
    }

    private static int layers(LoadOrder wanted) {
        return wanted.placement().offloads() ? ModelCheck.layers(wanted.weights()) : 0;
    }

    private LoadOrder shrink(LoadOrder from, LoadOrder to, String reason) {
        synchronized (this) {
            shrunk = true;
        }
        tellShrunk(from, to, reason);
        return to;
    }

    private void tellShrunk(LoadOrder from, LoadOrder to, String reason) {
        tell(
                Decision.Kind.SHRUNK,
                model + " is tried once more with " + SmallerPlan.words(from, to) + ", as memory ran out: " + reason,
                "layers",
                to.placement().gpuLayers(),
                "layersBefore",
                from.placement().gpuLayers(),
                "context",
                to.contextLength(),
                "contextBefore",
                from.contextLength(),
                "parallel",
                to.parallel(),
                "parallelBefore",
                from.parallel());
    }

    /** A successor has taken over. */
    void restarted(String reason, long pid, int answers) {
        String text = model + " goes on in process " + pid + ", its runner ended (" + reason + "): " + answers
                + " answers resumed or begun";
        tell(Decision.Kind.RESTARTED, text, "pid", pid, "answers", answers);
    }

    private void tell(Decision.Kind kind, String text, Object... numbers) {
        workshop.decided().tell(kind, model, text, numbers);
    }

    private void refuseQuarantined(LoadOrder wanted) {
        workshop.quarantine().check(suspect(wanted)).ifPresent(entry -> {
            throw new BusyException(
                    Fault.QUARANTINED,
                    model + " is not loaded until " + entry.until().truncatedTo(ChronoUnit.SECONDS) + ": "
                            + entry.reason(),
                    Duration.between(Instant.now(), entry.until()),
                    0);
        });
    }

    /** One of its runners died. */
    Optional<Quarantined> died(String reason) {
        return died(order(), reason);
    }

    private Optional<Quarantined> died(LoadOrder of, String reason) {
        var entry = workshop.quarantine().died(suspect(of), reason);
        entry.ifPresent(held -> LOG.error(
                "{} on {} is in quarantine until {}: {}", held.model(), held.backends(), held.until(), held.reason()));
        return entry;
    }

    private Quarantine.Suspect suspect(LoadOrder of) {
        var where = of.placement();
        String on = where.offloads()
                ? where.compute() + " + " + where.host()
                : where.host().toString();
        return new Quarantine.Suspect(model, of.weights().toAbsolutePath(), on);
    }
}
