package dev.paddock.scheduler;

import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.fault.PaddockException;
import java.time.Duration;

/** What the core wants done. */
sealed interface Effect {
    /** Load a model; tell with {@link Event.Loaded} or {@link Event.LoadFailed}. */
    record Load(long runner, LoadOrder order) implements Effect {}

    /** Give up a load that is under way; it still tells how it ended. */
    record Abort(long runner) implements Effect {}

    /** Close a runner; tell with {@link Event.Closed}. */
    record Close(long runner, String name, LoadedModel model, String reason) implements Effect {}

    /** Let a waiting request have its model. */
    record Grant(long ticket, long runner, LoadedModel model, Duration loadTime) implements Effect {}

    /** Turn a waiting request away. */
    record Refuse(long ticket, PaddockException cause) implements Effect {}
}
