package dev.paddock.scheduler;

import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.scheduler.KeepAlive;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * All decisions: events go in, effects come out. Knows no thread, no lock and no clock; the caller passes the time in
 * nanoseconds of any origin. Requests for one model are served in the order in which they came; requests for a loaded
 * model overtake those that wait for room, but not for longer than the policy's patience.
 */
final class SchedulingCore {
    private static final KeepAlive NOT_AT_ALL = new KeepAlive(Duration.ZERO);

    private final Map<Digest, Slot> slots = new LinkedHashMap<>();
    private final List<Ticket> queue = new ArrayList<>();
    private Policy policy;
    private boolean stopping;
    private long lastRunner;
    private List<Effect> effects = new ArrayList<>();

    SchedulingCore(Policy policy) {
        this.policy = policy;
    }

    /** Takes in what happened; gives what is to be done, in order. */
    List<Effect> handle(Event event, long now) {
        effects = new ArrayList<>();
        switch (event) {
            case Event.Requested requested -> request(requested.ticket());
            case Event.GaveUp gone -> queue.removeIf(ticket -> ticket.id() == gone.ticket());
            case Event.Loaded loaded -> loaded(loaded, now);
            case Event.LoadFailed failed -> loadFailed(failed);
            case Event.Released released -> slot(released.runner()).ifPresent(slot -> slot.release(now));
            case Event.Ended ended ->
                slot(ended.runner())
                        .filter(slot -> !slot.closing())
                        .ifPresent(slot -> close(slot, "it ended by itself: " + ended.reason()));
            case Event.Closed closed -> slots.values().removeIf(slot -> slot.runner == closed.runner());
            case Event.Unload unload ->
                Optional.ofNullable(slots.get(unload.weights())).ifPresent(slot -> slot.keepFor(NOT_AT_ALL));
            case Event.EngineChanged() ->
                slots.values().forEach(slot -> slot.retire("its engine stopped or was replaced"));
            case Event.PolicyChanged changed -> policy = changed.policy();
            case Event.Tick() -> {}
            case Event.Stop() -> stop();
        }
        if (!stopping) schedule(now);
        return effects;
    }

    private Optional<Slot> slot(long runner) {
        return slots.values().stream().filter(slot -> slot.runner == runner).findFirst();
    }

    private void request(Ticket ticket) {
        if (stopping) refuse(ticket, stopped());
        else if (queue.size() >= policy.maxQueue() && !servedAtOnce(ticket)) refuse(ticket, full());
        else queue.add(ticket);
    }

    private boolean servedAtOnce(Ticket ticket) {
        var slot = slots.get(ticket.weights());
        return slot != null
                && slot.hasPlace()
                && slot.satisfies(ticket.needs())
                && queue.stream().noneMatch(other -> other.weights().equals(ticket.weights()));
    }

    private void refuse(Ticket ticket, PaddockException cause) {
        effects.add(new Effect.Refuse(ticket.id(), cause));
    }

    private static PaddockException full() {
        return new PaddockException(
                Fault.QUEUE_FULL, "server busy, please try again.  maximum pending requests exceeded");
    }

    private static PaddockException stopped() {
        return new PaddockException(Fault.UNAVAILABLE, "the server is stopping; try again when it is back");
    }

    private void loaded(Event.Loaded event, long now) {
        slot(event.runner()).ifPresent(slot -> {
            slot.ready(event.model(), now);
            if (stopping) close(slot, "the server is stopping");
        });
    }

    private void loadFailed(Event.LoadFailed event) {
        var failed = slot(event.runner());
        slots.values().removeIf(slot -> slot.runner == event.runner());
        // When the engine was exchanged during the load, its failure says nothing: the new one tries.
        failed.filter(slot -> !slot.retiring()).ifPresent(slot -> refuseWhere(slot, event.cause()));
    }

    private void refuseWhere(Slot slot, PaddockException cause) {
        var waited = queue.stream()
                .filter(ticket -> ticket.weights().equals(slot.model().weightsDigest()))
                .filter(ticket -> slot.satisfies(ticket.needs()))
                .toList();
        queue.removeAll(waited);
        waited.forEach(ticket -> refuse(ticket, cause));
    }

    private void stop() {
        stopping = true;
        queue.forEach(ticket -> refuse(ticket, stopped()));
        queue.clear();
        for (Slot slot : slots.values()) {
            if (slot.loading()) effects.add(new Effect.Abort(slot.runner));
            else if (!slot.closing()) close(slot, "the server is stopping");
        }
    }

    private void schedule(long now) {
        Set<Digest> settled = new HashSet<>();
        int wantRoom = 0;
        for (Ticket ticket : List.copyOf(queue)) {
            if (settled.contains(ticket.weights())) continue;
            var slot = slots.get(ticket.weights());
            if (slot != null && slot.hasPlace() && slot.satisfies(ticket.needs())) {
                grant(slot, ticket, now);
                continue;
            }
            // From here on, a later request for the same model does not overtake this one.
            settled.add(ticket.weights());
            if (slot != null) retireUnlessSatisfying(slot, ticket);
            else if (slots.size() < policy.maxLoaded()) load(ticket, now);
            else makeRoom(ticket, wantRoom++, settled, now);
        }
        closeIdle(now);
    }

    private void grant(Slot slot, Ticket ticket, long now) {
        queue.remove(ticket);
        var waited = Duration.ofNanos(slot.grant(ticket, now));
        effects.add(new Effect.Grant(ticket.id(), slot.runner, slot.loaded().orElseThrow(), waited));
    }

    private static void retireUnlessSatisfying(Slot slot, Ticket ticket) {
        if (!slot.satisfies(ticket.needs())) slot.retire("it is to be loaded otherwise");
    }

    private void load(Ticket ticket, long now) {
        var slot = new Slot(++lastRunner, ticket.needs().order(ticket.model(), policy), ticket, now);
        slots.put(ticket.weights(), slot);
        effects.add(new Effect.Load(slot.runner, slot.order));
    }

    /**
     * Frees a place for a ticket that has so many before it that wait for one too. A busy model is closed to new
     * requests only when nothing is idle and patience is at its end, and never while older requests wait for it.
     */
    private void makeRoom(Ticket ticket, int before, Set<Digest> olderWait, long now) {
        if (before < slots.values().stream().filter(Slot::closing).count()) return;
        var idle = leastRecentlyUsed(Slot::idle);
        if (idle.isPresent()) {
            close(idle.get(), "room for " + ticket.model().name().display());
            return;
        }
        long promised = slots.values().stream()
                .filter(slot -> slot.closing() || slot.retiring())
                .count();
        if (before < promised || now - ticket.since() < policy.patience().toNanos()) return;
        leastRecentlyUsed(slot -> slot.busy()
                        && !slot.retiring()
                        && !olderWait.contains(slot.model().weightsDigest()))
                .ifPresent(
                        slot -> slot.retire("room for " + ticket.model().name().display()));
    }

    private Optional<Slot> leastRecentlyUsed(Predicate<Slot> candidate) {
        return slots.values().stream().filter(candidate).min(Comparator.comparingLong(Slot::usedAt));
    }

    private void closeIdle(long now) {
        for (Slot slot : List.copyOf(slots.values())) {
            if (slot.idle() && slot.retiring()) close(slot, slot.retiringFor());
            else if (expired(slot, now)) close(slot, "idle");
        }
    }

    private boolean expired(Slot slot, long now) {
        var expiry = slot.expiry(policy);
        return expiry.isPresent() && expiry.getAsLong() - now <= 0;
    }

    private void close(Slot slot, String reason) {
        effects.add(new Effect.Close(slot.runner, slot.model().name().display(), slot.close(), reason));
    }

    /** When the next {@link Event.Tick} is due. */
    OptionalLong nextDeadline(long now) {
        var expiries = slots.values().stream().map(slot -> slot.expiry(policy)).flatMapToLong(OptionalLong::stream);
        var patience = queue.stream()
                .mapToLong(ticket -> ticket.since() + policy.patience().toNanos())
                .filter(deadline -> deadline - now > 0);
        return LongStream.concat(expiries, patience).min();
    }

    /** Whether everything is closed after {@link Event.Stop}. */
    boolean done() {
        return stopping && slots.isEmpty();
    }

    /** What is in memory now, most recently used first; models that are being closed are left out. */
    List<Held> held() {
        return slots.values().stream()
                .filter(slot -> !slot.closing())
                .sorted(Comparator.comparingLong(Slot::usedAt).reversed())
                .map(slot -> new Held(slot.model(), slot.loaded(), slot.leases(), slot.expiry(policy)))
                .toList();
    }

    /**
     * A model in memory or on its way there.
     *
     * @param model the model as last asked for
     * @param loaded its runner; empty while it is being loaded
     * @param leases requests that hold it
     * @param expiry when it is unloaded if nobody asks, on the core's clock
     */
    record Held(StoredModel model, Optional<LoadedModel> loaded, int leases, OptionalLong expiry) {}
}
