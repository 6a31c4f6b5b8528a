package dev.paddock.scheduler;

import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.engine.Move;
import dev.paddock.api.engine.Placement;
import dev.paddock.api.explain.Decision;
import dev.paddock.api.fault.PaddockException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What the core wants done. */
sealed interface Effect {
    /**
     * Find out what a model would take; tell with {@link Event.Planned} or {@link Event.PlanFailed}.
     *
     * @param adapters files whose sizes are wanted too
     */
    record Plan(long plan, LoadOrder order, List<Integer> contexts, List<Placement> placements, List<Path> adapters)
            implements Effect {}

    /** Give up a plan; nothing needs to be told. */
    record DropPlan(long plan) implements Effect {}

    /** Look at the memory; tell with {@link Event.Looked}. */
    record Look() implements Effect {}

    /** Load a model; tell with {@link Event.Loaded} or {@link Event.LoadFailed}. */
    record Load(long runner, LoadOrder order) implements Effect {}

    /** Give up a load that is under way; it still tells how it ended. */
    record Abort(long runner) implements Effect {}

    /** Close a runner; tell with {@link Event.Closed}. */
    record Close(long runner, String name, LoadedModel model, String reason) implements Effect {}

    /** Move a model; tell with {@link Event.Moved} or {@link Event.MoveFailed}. */
    record MoveIt(long runner, LoadedModel model, LoadOrder order, Move.Terms terms) implements Effect {}

    /** Let a waiting request have its model. */
    record Grant(long ticket, long runner, LoadedModel model, Duration loadTime) implements Effect {}

    /** Turn a waiting request away. */
    record Refuse(long ticket, PaddockException cause) implements Effect {}

    /** Explain a decision; only the wall clock's time is missing. */
    record Tell(Decision.Kind kind, String request, String model, String text, Map<String, Object> numbers)
            implements Effect {}

    /** Warn the operator. */
    record Complain(String text) implements Effect {}
}
