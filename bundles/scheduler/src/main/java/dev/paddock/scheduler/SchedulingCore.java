package dev.paddock.scheduler;

import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.explain.Decision.Kind;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.Options;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.scheduler.Arrival.Phase;
import dev.paddock.api.scheduler.DeviceMemory;
import dev.paddock.api.scheduler.KeepAlive;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * All decisions: events go in, effects come out. Knows no thread, no lock and no clock; the caller passes the time in
 * nanoseconds of any origin. What belongs together has a room of its own: {@link Admission} serves those who wait,
 * {@link Arrivals} brings models, {@link Room} sends them away, {@link Moves} moves them.
 */
final class SchedulingCore {
    private static final KeepAlive NOT_AT_ALL = new KeepAlive(Duration.ZERO);

    private final State state;
    private final Room room;
    private final Arrivals arrivals;
    private final Loads loads;
    private final Moves moves;
    private final Admission admission;
    private List<StoredModel> preload = List.of();
    private boolean stopping;

    SchedulingCore(Rules rules) {
        state = new State(rules);
        room = new Room(state);
        arrivals = new Arrivals(state, room);
        loads = new Loads(state, arrivals);
        moves = new Moves(state);
        admission = new Admission(state, room, arrivals);
    }

    /** Takes in what happened; gives what is to be done, in order. */
    List<Effect> handle(Event event, long now) {
        state.now = now;
        state.judge.at(now);
        state.effects = new ArrayList<>();
        take(event);
        if (!stopping) schedule(event);
        return state.effects;
    }

    private void schedule(Event event) {
        admission.serve();
        arrivals.look();
        if (state.queue.isEmpty()) preload.forEach(this::offer);
        room.closeIdle();
        moves.consider();
        if (event instanceof Event.Requested requested) admission.explainWait(requested.ticket());
    }

    private void offer(StoredModel model) {
        if (!state.slots.containsKey(model.weightsDigest())) {
            arrivals.offer(model, LoadNeeds.of(model, Options.NONE));
        }
    }

    private void take(Event event) {
        switch (event) {
            case Event.Requested requested -> request(requested.ticket());
            case Event.GaveUp gone -> admission.gaveUp(gone.ticket());
            case Event.Released released -> admission.released(released);
            case Event.Unload unload -> unload(unload.weights());
            case Event.RulesChanged changed -> rules(changed.rules());
            case Event.PolicyChanged changed -> state.judge.guest(changed.policy());
            case Event.Preload names -> preload = List.copyOf(names.models());
            case Event.BackendsChanged changed -> backends(changed);
            case Event.Looked looked -> arrivals.looked(looked.devices());
            case Event.EngineChanged() -> engineChanged();
            case Event.Tick() -> {}
            case Event.Stop() -> stop();
            default -> ofRunner(event);
        }
    }

    private void ofRunner(Event event) {
        switch (event) {
            case Event.Planned planned -> planned(planned);
            case Event.PlanFailed failed -> {
                arrivals.plan(failed.plan()).ifPresent(plan -> arrivals.failed(plan, failed.cause()));
                moves.plan(failed.plan()).ifPresent(plan -> moves.failed(plan, failed.cause()));
            }
            case Event.Loaded loaded -> state.slot(loaded.runner()).ifPresent(slot -> loaded(slot, loaded.model()));
            case Event.LoadFailed failed ->
                state.slot(failed.runner()).ifPresent(slot -> loadFailed(slot, failed.cause()));
            case Event.Ended ended ->
                state.slot(ended.runner())
                        .filter(slot -> slot.loaded().isPresent() && !slot.closing())
                        .ifPresent(slot -> state.close(slot, "it ended by itself: " + ended.reason()));
            case Event.Closed closed -> state.slot(closed.runner()).ifPresent(this::remove);
            case Event.Moved moved ->
                state.slot(moved.runner()).filter(Slot::moving).ifPresent(slot -> moves.ended(slot, moved.outcome()));
            case Event.MoveFailed failed ->
                state.slot(failed.runner()).filter(Slot::moving).ifPresent(slot -> moves.broke(slot, failed.cause()));
            default -> throw new IllegalArgumentException("unknown event " + event);
        }
    }

    private void request(Ticket ticket) {
        if (stopping) state.refuse(ticket, stopped());
        else admission.request(ticket);
    }

    private static PaddockException stopped() {
        return new PaddockException(Fault.UNAVAILABLE, "the server is stopping; try again when it is back");
    }

    private void planned(Event.Planned planned) {
        if (!planned.devices().isEmpty()) state.ledger.see(planned.devices(), state.now);
        arrivals.plan(planned.plan()).ifPresent(plan -> arrivals.planned(plan, planned.fits(), planned.adapterBytes()));
        moves.plan(planned.plan()).ifPresent(plan -> moves.planned(plan, planned.fits(), planned.adapterBytes()));
    }

    private void rules(Rules rules) {
        state.rules = rules;
        state.ledger.margin(rules.placing().margin());
        state.judge.own(new FairPolicy(rules.fairness()));
        arrivals.forgetAll();
    }

    private void engineChanged() {
        state.slots.values().forEach(slot -> slot.retire("its engine stopped or was replaced"));
        arrivals.forgetAll();
        moves.forgetAll();
    }

    private void backends(Event.BackendsChanged changed) {
        long before = state.backends.changes();
        for (var report : state.backends.changed(changed.reports())) {
            boolean there = state.backends.installed(report.key());
            String what = !there
                    ? "is gone"
                    : !report.probed()
                            ? "is being probed"
                            : report.refusal()
                                    .map(refusal -> "is not used: " + refusal.reason() + ", " + refusal.detail() + "; "
                                            + refusal.remedy())
                                    .orElse("computes on " + report.devices().size() + " devices");
            var numbers = Map.<String, Object>of(
                    "backend",
                    report.key().toString(),
                    "devices",
                    report.devices().size());
            state.effects.add(new Effect.Tell(Kind.BACKEND, "", "", "backend " + report.key() + " " + what, numbers));
        }
        if (state.backends.changes() == before) return;
        arrivals.forgetAll();
        moves.forgetAll();
    }

    private void unload(Digest weights) {
        Optional.ofNullable(state.slots.get(weights)).ifPresent(slot -> slot.keepFor(NOT_AT_ALL));
        // Who unloads a model by hand does not want it back at once.
        preload = preload.stream()
                .filter(model -> !model.weightsDigest().equals(weights))
                .toList();
    }

    private void loaded(Slot slot, LoadedModel model) {
        loads.came(slot, model);
        if (stopping) state.close(slot, "the server is stopping");
    }

    private void loadFailed(Slot slot, PaddockException cause) {
        remove(slot);
        // A load that was given up, or whose engine was exchanged meanwhile, says nothing: the next one tries.
        if (slot.retiring() || slot.aborted()) arrivals.over(slot.model());
        else if (!loads.failed(slot, cause)) forget(slot.model());
    }

    /** What cannot be loaded, or is not wanted, does not come back unasked. */
    private void forget(StoredModel unwanted) {
        preload = preload.stream()
                .filter(model -> !model.weightsDigest().equals(unwanted.weightsDigest()))
                .toList();
    }

    private void remove(Slot slot) {
        moves.gone(slot);
        state.ledger.release(slot.runner, state.now);
        state.slots.values().remove(slot);
    }

    private void stop() {
        stopping = true;
        state.queue.all().forEach(ticket -> state.refuse(ticket, stopped()));
        arrivals.forgetAll();
        moves.forgetAll();
        for (Slot slot : state.slots.values()) {
            if (slot.loading()) state.effects.add(new Effect.Abort(slot.runner));
            else if (!slot.closing()) state.close(slot, "the server is stopping");
        }
    }

    /** When the next {@link Event.Tick} is due. */
    OptionalLong nextDeadline(long now) {
        var expiries = state.slots.values().stream().map(room::expiry).flatMapToLong(OptionalLong::stream);
        var others = LongStream.concat(room.again().stream(), arrivals.deadline().stream());
        long patience = state.rules.fairness().patience().toNanos();
        var impatient = state.queue.firstSince(now - patience).stream().map(since -> since + patience);
        var ends = LongStream.concat(impatient, moves.deadline().stream());
        return LongStream.concat(LongStream.concat(expiries, others), ends).min();
    }

    /** Whether everything is closed after {@link Event.Stop}. */
    boolean done() {
        return stopping && state.slots.isEmpty();
    }

    /** What is in memory now, most recently used first; models that are being closed are left out. */
    List<Held> held() {
        return state.slots.values().stream()
                .filter(slot -> !slot.closing())
                .sorted(Comparator.comparingLong(Slot::usedAt).reversed())
                .map(slot -> new Held(
                        slot.runner,
                        slot.model(),
                        slot.loaded(),
                        slot.leases(),
                        room.expiry(slot),
                        room.stay(slot),
                        state.pinned(slot)))
                .toList();
    }

    /** What is on its way. */
    List<Coming> coming() {
        Map<Digest, Coming> coming = new LinkedHashMap<>();
        state.slots.values().stream().filter(Slot::loading).forEach(slot -> {
            var weights = slot.model().weightsDigest();
            coming.put(weights, new Coming(slot.model(), Phase.LOADING, slot.runner, state.queue.count(weights)));
        });
        for (Ticket ticket : state.queue.oldest()) {
            var weights = ticket.weights();
            var slot = state.slots.get(weights);
            if (slot == null || slot.closing()) {
                coming.put(weights, new Coming(ticket.model(), arrivals.phase(weights), 0, state.queue.count(weights)));
            }
        }
        return List.copyOf(coming.values());
    }

    /** The memory's accounts. */
    List<DeviceMemory> memory() {
        return state.ledger.rows();
    }

    /** The core's insides, for tests. */
    State state() {
        return state;
    }

    /**
     * A model in memory or on its way there.
     *
     * @param runner its runner's number
     * @param model the model as last asked for
     * @param loaded its runner; empty while it is being loaded
     * @param leases requests that hold it
     * @param expiry when it is unloaded if nobody asks, on the core's clock; empty = in use, or never
     * @param stay how long it stays once it is idle, in nanoseconds; empty = for ever
     * @param pinned whether it stays whatever happens
     */
    record Held(
            long runner,
            StoredModel model,
            Optional<LoadedModel> loaded,
            int leases,
            OptionalLong expiry,
            OptionalLong stay,
            boolean pinned) {}

    /**
     * A model on its way.
     *
     * @param runner the number of the runner that loads it; 0 before
     * @param waiting requests that wait for it
     */
    record Coming(StoredModel model, Phase phase, long runner, int waiting) {}
}
