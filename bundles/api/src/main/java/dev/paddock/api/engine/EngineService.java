package dev.paddock.api.engine;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Starts runners. Each loaded model is a process of its own. */
@ProviderType
public interface EngineService {
    /**
     * Starts a runner and loads a model into it; blocks until it is ready. Interrupting the thread stops the runner.
     *
     * @throws PaddockException with {@link Fault#LOAD_FAILED} (message holds the runner's last words),
     *     {@link Fault#MODEL_DAMAGED} for a file that is not a sound GGUF, {@link Fault#UNAVAILABLE} when no backend is
     *     installed, {@link Fault#QUARANTINED} when its runners kept dying, {@link Fault#CANCELLED} when interrupted
     */
    LoadedModel load(LoadOrder order);

    /** Models that are not loaded because their runners kept dying. */
    List<Quarantined> quarantined();

    /**
     * Lets a model out of quarantine at once.
     *
     * @param model its display name
     * @return false when it was not in quarantine
     */
    boolean release(String model);
}
