package dev.paddock.scheduler;

import dev.paddock.api.model.Digest;
import dev.paddock.api.scheduler.KeepAlive;
import dev.paddock.api.scheduler.SchedulingPolicy.Eviction;
import dev.paddock.api.scheduler.SchedulingPolicy.Occupant;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** Who stays in memory and who has to go. */
final class Room {
    private final State state;
    /** When the policy wants to be asked again; the next of all. */
    private OptionalLong again = OptionalLong.empty();

    Room(State state) {
        this.state = state;
    }

    /** Before a pass over those who wait. */
    void begin() {
        again = OptionalLong.empty();
    }

    /** When something changes by time alone. */
    OptionalLong again() {
        return again;
    }

    /**
     * Frees a place for a ticket that has so many before it that wait for one too; gives why it is not free yet. A
     * busy model is closed to new requests only when patience is at its end, and never while older requests wait for
     * it.
     */
    String make(Ticket ticket, int before) {
        long closing = state.slots.values().stream().filter(Slot::closing).count();
        if (before < closing) return "a model is being unloaded";
        var idle = state.slots.values().stream()
                .filter(slot -> slot.idle() && !state.pinned(slot))
                .toList();
        var name = ticket.model().name().display();
        if (!idle.isEmpty()) {
            var newcomer = Queue.seen(ticket, state.accounts, state.now);
            switch (state.judge.evict(
                    newcomer, idle.stream().map(this::occupant).toList())) {
                case Eviction.Now gone -> {
                    state.close(
                            state.slot(gone.runner()).orElseThrow(), "room for " + name + ", because " + gone.why());
                    return "a model is being unloaded";
                }
                case Eviction.Later later -> {
                    askAgain(later.again());
                    return later.why();
                }
            }
        }
        retire(ticket, before, name);
        return "all models in memory are in use";
    }

    private void askAgain(Duration time) {
        // At least a millisecond, so that a policy that says "now" does not keep the processor busy.
        long due = state.now + Math.max(1_000_000, time.toNanos());
        again = OptionalLong.of(again.isPresent() ? Math.min(again.getAsLong(), due) : due);
    }

    private Occupant occupant(Slot slot) {
        return new Occupant(
                slot.runner,
                slot.model().name().display(),
                Duration.ofNanos(state.now - slot.usedAt()),
                slot.loadTime(),
                state.ledger.bytes(slot.runner));
    }

    private void retire(Ticket ticket, int before, String name) {
        long promised = state.slots.values().stream()
                .filter(slot -> slot.closing() || slot.retiring())
                .count();
        var patience = state.rules.fairness().patience();
        if (before < promised || state.now - ticket.since() < patience.toNanos()) return;
        leastRecentlyUsed(slot -> slot.busy() && !slot.retiring() && !state.pinned(slot) && !olderWait(slot, ticket))
                .ifPresent(slot -> slot.retire("room for " + name + ", which waited for " + Words.time(patience)));
    }

    private boolean olderWait(Slot slot, Ticket ticket) {
        Digest weights = slot.model().weightsDigest();
        return state.queue.waitingFor(weights, needs -> state.satisfies(slot, needs)).stream()
                .anyMatch(other -> other.since() < ticket.since());
    }

    private Optional<Slot> leastRecentlyUsed(Predicate<Slot> candidate) {
        return state.slots.values().stream().filter(candidate).min(Comparator.comparingLong(Slot::usedAt));
    }

    /** Closes what retired and is idle, and what was idle for long enough. */
    void closeIdle() {
        for (Slot slot : List.copyOf(state.slots.values())) {
            if (slot.idle() && slot.retiring()) state.close(slot, slot.retiringFor());
            else if (expired(slot)) state.close(slot, "idle");
        }
    }

    private boolean expired(Slot slot) {
        var expiry = expiry(slot);
        return expiry.isPresent() && expiry.getAsLong() - state.now <= 0;
    }

    /** When a model is unloaded if nobody asks; empty while in use, or when it stays for ever. */
    OptionalLong expiry(Slot slot) {
        var stay = stay(slot);
        return slot.idle() && stay.isPresent()
                ? OptionalLong.of(slot.usedAt() + stay.getAsLong())
                : OptionalLong.empty();
    }

    /** How long a model stays once it is idle, in nanoseconds; empty = for ever. */
    OptionalLong stay(Slot slot) {
        boolean kept = state.preloaded(slot.model());
        return state.pinned(slot)
                ? OptionalLong.empty()
                : slot.stay(kept ? KeepAlive.FOREVER : state.rules.residency().keepAlive());
    }

    /** Whether a model is on its way out. */
    boolean closing() {
        return state.slots.values().stream().anyMatch(Slot::closing);
    }

    /** Closes all that nobody uses; gives how many that are. */
    int clear(String reason) {
        var idle = state.slots.values().stream()
                .filter(slot -> slot.idle() && !state.pinned(slot))
                .toList();
        idle.forEach(slot -> state.close(slot, reason));
        return idle.size();
    }

    /** Whether memory will become free by itself, or could be made so. */
    boolean hope() {
        return state.slots.values().stream().anyMatch(slot -> slot.closing() || slot.loading() || !state.pinned(slot));
    }

    /** What idle models and those that are being closed have of a device. */
    long evictable(String device) {
        return state.slots.values().stream()
                .filter(slot -> slot.closing() || (slot.idle() && !state.pinned(slot)))
                .mapToLong(slot -> state.ledger.bytes(slot.runner, device))
                .sum();
    }
}
