package dev.paddock.scheduler;

import dev.paddock.api.engine.BackendReport;
import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.Fit;
import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.engine.Move;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.scheduler.SchedulingPolicy;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What happens to the scheduler. Runners and plans are known by numbers that are never used twice. */
sealed interface Event {
    /** Somebody wants a model. */
    record Requested(Ticket ticket) implements Event {}

    /** Somebody no longer waits. */
    record GaveUp(long ticket) implements Event {}

    /**
     * It was found out what a model takes.
     *
     * @param devices the memory there is
     * @param adapterBytes what its adapters take beside that
     */
    record Planned(long plan, List<Fit> fits, List<Device> devices, long adapterBytes) implements Event {}

    /** It could not be found out. */
    record PlanFailed(long plan, PaddockException cause) implements Event {}

    /** A load succeeded. */
    record Loaded(long runner, LoadedModel model) implements Event {}

    /** A load failed. */
    record LoadFailed(long runner, PaddockException cause) implements Event {}

    /**
     * A lease was closed.
     *
     * @param used tokens that it took, if that was told
     */
    record Released(long runner, long ticket, OptionalLong used) implements Event {}

    /** A runner ended by itself. */
    record Ended(long runner, String reason) implements Event {}

    /** A runner that was to be closed is gone. */
    record Closed(long runner) implements Event {}

    /** A move ended, well or not. */
    record Moved(long runner, Move outcome) implements Event {}

    /** The new runner of a move did not come up. */
    record MoveFailed(long runner, PaddockException cause) implements Event {}

    /** Somebody wants these weights out of memory. */
    record Unload(Digest weights) implements Event {}

    /** Another engine is there: what the old one loaded is used up and not used again. */
    record EngineChanged() implements Event {}

    /** Backends came, went or were probed. */
    record BackendsChanged(List<BackendReport> reports) implements Event {}

    /** Somebody looked at the memory; nothing is told when it could not be seen. */
    record Looked(List<Device> devices) implements Event {}

    /** The settings changed. */
    record RulesChanged(Rules rules) implements Event {}

    /** Another policy decides; empty = the server's own. */
    record PolicyChanged(Optional<SchedulingPolicy> policy) implements Event {}

    /** The models of the setting {@code preload} that are installed. */
    record Preload(List<StoredModel> models) implements Event {}

    /** Time went by. */
    record Tick() implements Event {}

    /** The scheduler ends. */
    record Stop() implements Event {}
}
