package dev.paddock.scheduler;

import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;

/** What happens to the scheduler. A runner is known by a number that is never used twice. */
sealed interface Event {
    /** Somebody wants a model. */
    record Requested(Ticket ticket) implements Event {}

    /** Somebody no longer waits. */
    record GaveUp(long ticket) implements Event {}

    /** A load succeeded. */
    record Loaded(long runner, LoadedModel model) implements Event {}

    /** A load failed. */
    record LoadFailed(long runner, PaddockException cause) implements Event {}

    /** A lease was closed. */
    record Released(long runner) implements Event {}

    /** A runner ended by itself. */
    record Ended(long runner, String reason) implements Event {}

    /** A runner that was to be closed is gone. */
    record Closed(long runner) implements Event {}

    /** Somebody wants these weights out of memory. */
    record Unload(Digest weights) implements Event {}

    /** Another engine is there: what the old one loaded is used up and not used again. */
    record EngineChanged() implements Event {}

    /** The settings changed. */
    record PolicyChanged(Policy policy) implements Event {}

    /** Time went by. */
    record Tick() implements Event {}

    /** The scheduler ends. */
    record Stop() implements Event {}
}
