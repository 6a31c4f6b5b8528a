package dev.paddock.api.scheduler;

import dev.paddock.api.engine.Quarantined;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.StoredModel;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Decides which models are in memory and who may use them. Safe for many threads. */
@ProviderType
public interface Scheduler {
    /**
     * Waits until the model is loaded and the caller's turn has come. Interrupting the thread gives up the place.
     *
     * @throws PaddockException with {@link Fault#QUEUE_FULL} (a {@link dev.paddock.api.fault.BusyException}), {@link Fault#LOAD_FAILED}, {@link Fault#OUT_OF_MEMORY} or
     *     {@link Fault#CANCELLED} when interrupted
     */
    Lease lease(LeaseRequest request);

    /** The models in memory, most recently used first. */
    List<Resident> residents();

    /** The models on their way there, those that wait for room included. */
    List<Arrival> arrivals();

    /** The memory of each device and who has it; the host first. */
    List<DeviceMemory> memory();

    /** The same as it was last seen: nothing is looked at anew, so it may be asked at any rate. */
    default List<DeviceMemory> ledger() {
        return memory();
    }

    /** Models that are not loaded because their runners kept dying. */
    List<Quarantined> quarantined();

    /**
     * Lets a model out of quarantine at once.
     *
     * @return false when it was not in quarantine
     */
    boolean release(StoredModel model);

    /**
     * Unloads a model as soon as it is idle.
     *
     * @return false when it was not loaded, or stays because it is pinned
     */
    boolean unload(StoredModel model);
}
