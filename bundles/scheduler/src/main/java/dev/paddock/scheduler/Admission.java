package dev.paddock.scheduler;

import dev.paddock.api.explain.Decision.Kind;
import dev.paddock.api.fault.BusyException;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.model.Digest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Lets requests in and serves those who wait, in the order that the policy says. */
final class Admission {
    /** Grants that the estimate of when to come again is made of. */
    private static final int REMEMBERED = 32;

    private final State state;
    private final Room room;
    private final Arrivals arrivals;
    /** Those who hold a model. */
    private final Map<Long, Ticket> running = new HashMap<>();

    private final Map<Long, String> reasons = new HashMap<>();
    private final Deque<Long> grants = new ArrayDeque<>();
    private final LineUp line;

    Admission(State state, Room room, Arrivals arrivals) {
        this.state = state;
        this.room = room;
        this.arrivals = arrivals;
        this.line = new LineUp(state);
    }

    void request(Ticket ticket) {
        var rules = state.rules.fairness();
        boolean full = state.queue.size() >= rules.maxQueue();
        boolean own = rules.waiting() > 0 && state.accounts.waiting(ticket.identity()) >= rules.waiting();
        if ((full || own) && !servedAtOnce(ticket)) {
            int position = own && !full ? state.accounts.waiting(ticket.identity()) + 1 : state.queue.size() + 1;
            state.refuse(ticket, busy(position));
            return;
        }
        state.queue.add(ticket);
        state.accounts.waits(ticket);
    }

    private boolean servedAtOnce(Ticket ticket) {
        var slot = state.slots.get(ticket.weights());
        return slot != null
                && slot.hasPlace()
                && state.satisfies(slot, ticket.needs())
                && mayRun(ticket)
                && state.queue.count(ticket.weights()) == 0;
    }

    private BusyException busy(int position) {
        return new BusyException(
                Fault.QUEUE_FULL,
                "server busy, please try again.  maximum pending requests exceeded",
                retryAfter(position),
                position);
    }

    /** So long as it took lately to serve as many as there are before it; 1 to 60 seconds. */
    private Duration retryAfter(int position) {
        long seconds = 10;
        if (grants.size() > 1) {
            double each = (state.now - grants.getFirst()) / 1e9 / grants.size();
            seconds = (long) Math.ceil(each * position);
        }
        return Duration.ofSeconds(Math.clamp(seconds, 1, 60));
    }

    void gaveUp(long id) {
        var ticket = state.queue.remove(id);
        if (ticket.isEmpty()) return;
        reasons.remove(id);
        state.accounts.leaves(ticket.get());
        arrivals.tidy();
        var slot = state.slots.get(ticket.get().weights());
        boolean wanted = slot == null
                || !slot.loading()
                || slot.aborted()
                || state.pinned(slot)
                || state.preloaded(slot.model())
                || state.queue.count(ticket.get().weights()) > 0;
        if (wanted) return;
        slot.abort();
        state.effects.add(new Effect.Abort(slot.runner));
    }

    void released(Event.Released released) {
        var ticket = running.remove(released.ticket());
        if (ticket == null) return;
        state.accounts.released(ticket, released.used());
        state.slot(released.runner()).ifPresent(slot -> slot.release(state.now));
    }

    private boolean mayRun(Ticket ticket) {
        int limit = state.rules.fairness().running();
        return limit == 0 || state.accounts.running(ticket.identity()) < limit;
    }

    /** Serves whom it can, and goes on bringing what the others wait for. */
    void serve() {
        room.begin();
        line.begin();
        arrivals.begin();
        if (!anythingToDo()) return;
        Set<Digest> settled = new HashSet<>();
        int wantRoom = 0;
        for (var turns = line.inTurn(); turns.hasNext() && !settled(settled); ) {
            var ticket = turns.next();
            if (!state.queue.contains(ticket.id())) continue;
            if (!mayRun(ticket)) {
                reasons.put(ticket.id(), limited());
                continue;
            }
            if (settled.contains(ticket.weights())) continue;
            var slot = state.slots.get(ticket.weights());
            if (slot != null && slot.hasPlace() && state.satisfies(slot, ticket.needs())) {
                grant(slot, ticket);
                continue;
            }
            // From here on, none who comes after it in turn overtakes it for the same model.
            settled.add(ticket.weights());
            if (slot == null) reasons.put(ticket.id(), arrivals.bring(ticket, wantRoom++));
            else reasons.put(ticket.id(), held(slot, ticket));
        }
    }

    private String limited() {
        return "its identity may not hold more than " + state.rules.fairness().running() + " at once";
    }

    /** Whether all is said about whom is still to be looked at. */
    private boolean settled(Set<Digest> settled) {
        var wanted = state.queue.weights();
        return state.rules.fairness().running() == 0 && settled.size() >= wanted.size() && settled.containsAll(wanted);
    }

    /** Saves the sorting when all who wait wait for places of models that are full or on their way. */
    private boolean anythingToDo() {
        for (Digest weights : state.queue.weights()) {
            var slot = state.slots.get(weights);
            if (slot == null || slot.hasPlace()) return true;
            boolean settled = slot.closing() || slot.retiring() || slot.aborted();
            if (!settled && !state.queue.needs(weights).stream().allMatch(needs -> state.satisfies(slot, needs)))
                return true;
        }
        return false;
    }

    private String held(Slot slot, Ticket ticket) {
        boolean fits = state.satisfies(slot, ticket.needs());
        if (!fits && !slot.aborted()) slot.retire("it is to be loaded otherwise");
        return reason(slot, fits);
    }

    private static String reason(Slot slot, boolean satisfies) {
        if (slot.closing() || slot.aborted()) return "it is being unloaded first";
        if (!satisfies) return "it is to be loaded otherwise, once nobody uses it";
        if (slot.retiring()) return "it takes nobody new, because " + slot.retiringFor();
        if (slot.loading()) return "it is being loaded";
        return "its " + slot.places() + " places are taken";
    }

    private void grant(Slot slot, Ticket ticket) {
        state.queue.remove(ticket.id());
        state.accounts.granted(ticket);
        running.put(ticket.id(), ticket);
        grants.addLast(state.now);
        if (grants.size() > REMEMBERED) grants.removeFirst();
        var loading = Duration.ofNanos(slot.grant(ticket, state.now));
        state.effects.add(
                new Effect.Grant(ticket.id(), slot.runner, slot.loaded().orElseThrow(), loading));
        explainGrant(slot, ticket);
    }

    private void explainGrant(Slot slot, Ticket ticket) {
        var waited = Duration.ofNanos(state.now - ticket.since());
        var reason = reasons.remove(ticket.id());
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("waitedMillis", waited.toMillis());
        numbers.put("identity", ticket.identity());
        numbers.put("served", state.accounts.served(ticket.identity()));
        numbers.put("leases", slot.leases());
        var text = ticket.identity() + " gets " + ticket.model().name().display()
                + (reason == null ? " at once" : " after " + Words.time(waited) + ", in which " + reason);
        state.tell(Kind.GRANTED, ticket, text, numbers);
    }

    /** Explains why somebody who just came has to wait. */
    void explainWait(Ticket ticket) {
        if (!state.queue.contains(ticket.id())) return;
        var ahead = line.ahead(ticket);
        long position = ahead.count() + 1;
        var behind = ahead.whose();
        var slot = state.slots.get(ticket.weights());
        var why = reasons.computeIfAbsent(
                ticket.id(),
                _ -> slot == null ? "others wait for it too" : reason(slot, state.satisfies(slot, ticket.needs())));
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("position", position);
        numbers.put("waiting", state.queue.size());
        numbers.put("identity", ticket.identity());
        numbers.put("priority", ticket.asker().priority());
        numbers.put("served", state.accounts.served(ticket.identity()));
        numbers.put("behind", behind);
        var text = ticket.identity() + " waits for " + ticket.model().name().display() + " at place " + position
                + (behind.isEmpty() ? "" : " behind " + behind) + ": " + why;
        state.tell(Kind.QUEUED, ticket, text, numbers);
    }
}
