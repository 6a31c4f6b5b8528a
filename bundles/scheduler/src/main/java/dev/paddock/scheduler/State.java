package dev.paddock.scheduler;

import dev.paddock.api.explain.Decision.Kind;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.StoredModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the rooms of the core share. Owned by the core's thread. */
final class State {
    final Map<Digest, Slot> slots = new LinkedHashMap<>();
    final Queue queue = new Queue();
    final Accounts accounts = new Accounts();
    final Backends backends = new Backends();
    final Ledger ledger;
    final Judge judge;
    Rules rules;
    long now;
    List<Effect> effects = new ArrayList<>();
    private long lastNumber;

    State(Rules rules) {
        this.rules = rules;
        ledger = new Ledger(rules.placing().margin());
        judge = new Judge(new FairPolicy(rules.fairness()), text -> effects.add(new Effect.Complain(text)));
    }

    /** A number for a runner or a plan. */
    long number() {
        return ++lastNumber;
    }

    Optional<Slot> slot(long runner) {
        return slots.values().stream().filter(slot -> slot.runner == runner).findFirst();
    }

    /** Whether a request may have this runner; without a GPU it makes no difference how many layers go to one. */
    boolean satisfies(Slot slot, LoadNeeds needs) {
        return slot.satisfies(needs, backends.hasGpu());
    }

    /** Whether these weights are in memory and ready. */
    boolean resident(Digest weights) {
        var slot = slots.get(weights);
        return slot != null && slot.loaded().isPresent() && !slot.closing();
    }

    boolean pinned(Slot slot) {
        return rules.residency().isPinned(slot.model());
    }

    boolean preloaded(StoredModel model) {
        return rules.residency().preload().contain(model.name());
    }

    /** Turns away somebody who waits. */
    void refuse(Ticket ticket, PaddockException cause) {
        if (queue.remove(ticket.id()).isPresent()) accounts.leaves(ticket);
        effects.add(new Effect.Refuse(ticket.id(), cause));
        tell(
                Kind.REFUSED,
                ticket,
                cause.getMessage(),
                Map.of("fault", cause.fault().name()));
    }

    void tell(Kind kind, Ticket ticket, String text, Map<String, Object> numbers) {
        var model = ticket.model().name().display();
        effects.add(new Effect.Tell(kind, ticket.asker().request(), model, text, named(numbers)));
    }

    void tell(Kind kind, StoredModel model, String text, Map<String, Object> numbers) {
        effects.add(new Effect.Tell(kind, "", model.name().display(), text, named(numbers)));
    }

    /** Where another policy than the server's own is in charge, every decision names it. */
    private Map<String, Object> named(Map<String, Object> numbers) {
        if (judge.alone().isPresent()) return numbers;
        Map<String, Object> more = new LinkedHashMap<>(numbers);
        more.put("policy", judge.name());
        return more;
    }

    void close(Slot slot, String reason) {
        var name = slot.model().name().display();
        effects.add(new Effect.Close(slot.runner, name, slot.close(), reason));
        tell(
                Kind.EVICTED,
                slot.model(),
                name + " is unloaded: " + reason,
                Map.of("bytes", ledger.bytes(slot.runner), "leases", slot.leases()));
    }
}
