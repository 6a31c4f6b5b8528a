package dev.paddock.scheduler;

import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.engine.RunnerFacts;
import dev.paddock.api.explain.Decision.Kind;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.scheduler.DeviceMemory;
import java.util.LinkedHashMap;
import java.util.Map;

/** How loads end. */
final class Loads {
    private final State state;
    private final Arrivals arrivals;

    Loads(State state, Arrivals arrivals) {
        this.state = state;
        this.arrivals = arrivals;
    }

    /** A model is in memory. */
    void came(Slot slot, LoadedModel model) {
        slot.ready(model, state.now);
        arrivals.over(slot.model());
        var facts = model.facts();
        long reserved = state.ledger.bytes(slot.runner) - state.ledger.cache(slot.runner);
        if (!facts.memory().isEmpty()) state.ledger.measured(slot.runner, slot.memory());
        explainLoad(slot, facts, reserved);
        // What it was loaded for was decided by the backends of that time.
        slot.settle(slot.order.placement().equals(facts.placement()) ? state.backends.changes() : -1);
        if (!state.backends.serves(slot.placement().compute())) slot.settle(-1);
    }

    private void explainLoad(Slot slot, RunnerFacts facts, long reserved) {
        var name = slot.model().name().display();
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("runner", slot.runner);
        numbers.put("reserved", reserved);
        numbers.put("measured", facts.memoryBytes());
        facts.memory().forEach(use -> numbers.put("measured." + use.device(), use.bytes()));
        numbers.put("loadMillis", facts.loadMillis());
        if (facts.contextLength() < slot.order.contextLength()) {
            state.tell(
                    Kind.SHRUNK,
                    slot.model(),
                    name + " got a window of " + facts.contextLength() + " in place of " + slot.order.contextLength()
                            + ", because memory ran out",
                    numbers);
        }
        var draft = facts.draft().weights().isPresent()
                ? ", draft model " + facts.draft().model()
                : "";
        state.tell(
                Kind.LOADED,
                slot.model(),
                name + " is loaded in " + facts.loadMillis() + " ms, " + facts.weightsMillis()
                        + " of them for its weights: " + facts.backend() + ", " + facts.contextLength()
                        + " tokens of context, " + facts.parallel() + " at once, " + Words.uses(facts.memory())
                        + ", reserved were " + Words.bytes(reserved) + draft,
                numbers);
    }

    /**
     * A model did not come, and its slot is gone.
     *
     * @return whether it is tried once more
     */
    boolean failed(Slot slot, PaddockException cause) {
        var model = slot.model();
        var waited = state.queue.waitingFor(model.weightsDigest(), needs -> state.satisfies(slot, needs));
        boolean memory = cause.fault() == Fault.OUT_OF_MEMORY && !waited.isEmpty();
        if (memory && arrivals.tryAgain(model)) return true;
        arrivals.over(model);
        waited.forEach(ticket -> state.refuse(ticket, numbered(cause)));
        if (waited.isEmpty()) {
            var text = model.name().display() + " could not be loaded: " + cause.getMessage();
            state.tell(Kind.REFUSED, model, text, Map.of("fault", cause.fault().name()));
        }
        return false;
    }

    private PaddockException numbered(PaddockException cause) {
        if (cause.fault() != Fault.OUT_OF_MEMORY) return cause;
        var text = new StringBuilder(cause.getMessage());
        for (DeviceMemory row : state.ledger.rows()) {
            text.append("; ").append(row.device().name()).append(": ").append(Words.bytes(row.available()));
            text.append(" available of ").append(Words.bytes(row.device().totalBytes()));
        }
        return new PaddockException(cause.fault(), text.toString(), cause);
    }
}
