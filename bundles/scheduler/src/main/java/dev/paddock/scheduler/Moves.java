package dev.paddock.scheduler;

import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.Fit;
import dev.paddock.api.engine.Move;
import dev.paddock.api.engine.Placement;
import dev.paddock.api.engine.Versions;
import dev.paddock.api.explain.Decision.Kind;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.scheduler.SchedulingPolicy.Choice;
import dev.paddock.api.scheduler.SchedulingPolicy.Question;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Moves loaded models when backends come and go: at once from a backend that went, by the setting {@code rebalance} to a
 * better place. The new runner's memory is promised beside the old one's until the move is over.
 */
final class Moves {
    private final State state;
    /** Plans of moves, by runner. */
    private final Map<Long, Plan> plans = new HashMap<>();

    Moves(State state) {
        this.state = state;
    }

    Optional<Plan> plan(long id) {
        return plans.values().stream().filter(plan -> plan.id == id).findFirst();
    }

    /** Backends changed: what was planned is worth nothing, and what failed may be tried where it is new. */
    void forgetAll() {
        plans.values().forEach(plan -> state.effects.add(new Effect.DropPlan(plan.id)));
        plans.clear();
        for (Slot slot : state.slots.values()) slot.failedMoves().removeIf(key -> !state.backends.serves(key));
    }

    /** When the next plan has taken too long. */
    OptionalLong deadline() {
        long limit = state.rules.placing().planTimeout().toNanos();
        return plans.values().stream().mapToLong(plan -> plan.since + limit).min();
    }

    private void endLatePlans() {
        var limit = state.rules.placing().planTimeout();
        for (Plan plan : List.copyOf(plans.values())) {
            if (state.now - plan.since < limit.toNanos()) continue;
            state.effects.add(new Effect.DropPlan(plan.id));
            take(plan).ifPresent(slot -> keep(slot, "the dry run took longer than " + Words.time(limit)));
        }
    }

    /** Looks at every model whose place was not looked at since the last change. */
    void consider() {
        if (!state.backends.known()) return;
        endLatePlans();
        plans.keySet()
                .removeIf(runner ->
                        state.slot(runner).filter(slot -> !slot.closing()).isEmpty());
        for (Slot slot : state.slots.values()) {
            boolean free = slot.loaded().isPresent() && !slot.closing() && !slot.retiring() && !slot.moving();
            if (free && !slot.settled(state.backends.changes()) && !plans.containsKey(slot.runner)) consider(slot);
        }
    }

    private void consider(Slot slot) {
        if (!state.backends.hasHost()) {
            keep(slot, "no CPU backend is left; its files are still there, so it stays where it is");
            return;
        }
        boolean gone = gone(slot.placement());
        var targets = targets(slot, gone);
        if (targets.isEmpty()) {
            if (gone)
                keep(slot, "its backend " + slot.placement().compute() + " went, and no other one may compute it");
            else slot.settle(state.backends.changes());
            return;
        }
        if (!gone) {
            switch (state.rules.placing().rebalance()) {
                case NEVER -> {
                    keep(slot, targets.getFirst().compute() + " would be better, but rebalance is never");
                    return;
                }
                case IDLE -> {
                    if (slot.leases() > 0) return;
                }
                case IMMEDIATE -> {}
            }
        }
        ask(slot, targets);
    }

    private boolean gone(Placement place) {
        return !state.backends.serves(place.compute()) || !state.backends.serves(place.host());
    }

    private List<Placement> targets(Slot slot, boolean gone) {
        var pin = state.rules.placing().pins().forModel(slot.model().name());
        var wanted = needs(slot).offload(state.rules);
        return state.backends.placements(wanted, pin).stream()
                .filter(place -> !slot.failedMoves().contains(place.compute()))
                .filter(place -> gone || better(place, slot))
                .toList();
    }

    private static LoadNeeds needs(Slot slot) {
        return LoadNeeds.asLoaded(slot.order, slot.askedLayers());
    }

    /** Whether a place could be better; a plan must show that it is. */
    private boolean better(Placement place, Slot slot) {
        var now = slot.placement();
        if (place.compute().id().equals(now.compute().id())) {
            boolean pinned =
                    state.rules.placing().pins().forModel(slot.model().name()).isPresent();
            int newer = Versions.OLDER_FIRST.compare(
                    place.compute().version(), now.compute().version());
            return !now.compute().version().isEmpty() && (pinned ? newer != 0 : newer > 0);
        }
        if (!place.offloads()) return false;
        if (!now.offloads()) return true;
        return state.backends.kindRank(place.compute()) < state.backends.kindRank(now.compute());
    }

    private void ask(Slot slot, List<Placement> targets) {
        var facts = slot.loaded().orElseThrow().facts();
        var order = slot.order.sized(facts.contextLength(), facts.parallel());
        var wish = new Wish(slot.model(), needs(slot), Optional.empty());
        var plan = new Plan(state.number(), wish, state.now, List.of(facts.contextLength()), targets);
        plans.put(slot.runner, plan);
        state.effects.add(new Effect.Plan(
                plan.id, order, plan.windows, targets, slot.model().adapters()));
    }

    private void keep(Slot slot, String why) {
        slot.settle(state.backends.changes());
        var name = slot.model().name().display();
        state.tell(
                Kind.KEPT, slot.model(), name + " stays on " + slot.placement().compute() + ": " + why, Map.of());
    }

    private Optional<Slot> take(Plan plan) {
        var runner = plans.entrySet().stream()
                .filter(entry -> entry.getValue() == plan)
                .map(Map.Entry::getKey)
                .findFirst();
        runner.ifPresent(plans::remove);
        return runner.flatMap(state::slot).filter(slot -> !slot.closing() && !slot.moving());
    }

    void planned(Plan plan, List<Fit> fits, long adapterBytes) {
        plan.known(fits, adapterBytes);
        take(plan).ifPresent(slot -> decide(slot, plan));
    }

    private void decide(Slot slot, Plan plan) {
        if (plan.failure().isPresent()) {
            keep(slot, plan.failure().get());
            return;
        }
        boolean gone = gone(slot.placement());
        boolean stopFirst = false;
        var choice = place(slot, plan, false);
        if (!(choice instanceof Choice.Take)) {
            choice = place(slot, plan, true);
            stopFirst = true;
        }
        switch (choice) {
            case Choice.Take take
            when gone || improves(take.fit(), slot) -> {
                if (gone || !stopFirst || state.rules.placing().rebalance() == Rules.Rebalance.IMMEDIATE) {
                    start(slot, take, gone, stopFirst);
                } else {
                    keep(
                            slot,
                            "there is no memory for both places at once, so " + Words.place(take.fit())
                                    + " could not be tried before this one is given up; rebalance = immediate allows"
                                    + " that");
                }
            }
            case Choice.Take take -> keep(slot, "no better place has room; there would be " + Words.place(take.fit()));
            case Choice.MakeRoom room -> keep(slot, "no room for the move: " + room.why());
            case Choice.Wait wait -> keep(slot, "no room for the move: " + wait.why());
            case Choice.Never never -> keep(slot, "no room for the move: " + never.why());
        }
    }

    private Choice place(Slot slot, Plan plan, boolean withoutOld) {
        var free = state.ledger.free(true).stream()
                .map(device -> withoutOld ? more(device, state.ledger.bytes(slot.runner, device.name())) : device)
                .toList();
        return state.judge.place(new Question(
                slot.model().name().display(),
                plan.windows.getFirst(),
                plan.wish.needs().offload(state.rules),
                plan.fits(),
                free,
                free.stream().map(_ -> 0L).toList()));
    }

    private static Device more(Device device, long bytes) {
        return Ledger.with(device, device.freeBytes() + bytes);
    }

    private boolean improves(Fit fit, Slot slot) {
        var now = slot.placement();
        var place = fit.placement();
        if (place.compute().id().equals(now.compute().id())) return true;
        return place.gpuLayers() > now.gpuLayers()
                || state.backends.kindRank(place.compute()) < state.backends.kindRank(now.compute());
    }

    /** A new place must first show that it answers alike; where the old one went, there is nothing to go back to. */
    private void start(Slot slot, Choice.Take take, boolean gone, boolean stopFirst) {
        var fit = take.fit();
        boolean canary = !gone
                || fit.placement()
                        .compute()
                        .id()
                        .equals(slot.placement().compute().id());
        slot.moving(true);
        slot.target(fit.placement());
        slot.settle(state.backends.changes());
        // The old one's cache goes with it.
        long given = state.ledger.cache(slot.runner);
        var order = slot.order
                .sized(fit.contextLength(), fit.parallel())
                .on(fit.placement())
                .limited(state.ledger.promise(next(slot.runner), fit.uses(), given));
        state.effects.add(new Effect.MoveIt(
                slot.runner, slot.loaded().orElseThrow(), order, new Move.Terms(canary && !stopFirst, stopFirst)));
    }

    /** Runners are numbered from 1, so this is nobody's number. */
    private static long next(long runner) {
        return -runner;
    }

    void failed(Plan plan, PaddockException cause) {
        take(plan).ifPresent(slot -> keep(slot, "the dry run failed: " + cause.getMessage()));
    }

    /** A move is over. */
    void ended(Slot slot, Move outcome) {
        var target = slot.target();
        var name = slot.model().name().display();
        if (!outcome.moved()) {
            stay(slot, outcome.reason());
            return;
        }
        slot.moving(false);
        slot.movedTo(target);
        state.ledger.replace(slot.runner, next(slot.runner));
        if (!slot.memory().isEmpty()) state.ledger.measured(slot.runner, slot.memory());
        state.tell(
                Kind.MOVED,
                slot.model(),
                name + " moved to " + target.compute() + ", " + outcome.answers()
                        + " answers with it, the longest pause " + Words.time(outcome.pause()) + ": "
                        + outcome.reason(),
                Map.of(
                        "answers",
                        outcome.answers(),
                        "pauseMillis",
                        outcome.pause().toMillis()));
    }

    void broke(Slot slot, PaddockException cause) {
        stay(slot, cause.getMessage());
    }

    private void stay(Slot slot, String why) {
        slot.moving(false);
        state.ledger.release(next(slot.runner), state.now);
        slot.failedMoves().add(slot.target().compute());
        keep(slot, "the move to " + slot.target().compute() + " was not made: " + why);
    }

    /** A runner is gone, and its move with it. */
    void gone(Slot slot) {
        state.ledger.release(next(slot.runner), state.now);
        plans.remove(slot.runner);
    }
}
