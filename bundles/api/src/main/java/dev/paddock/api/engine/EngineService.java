package dev.paddock.api.engine;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.util.List;
import java.util.function.DoubleConsumer;
import org.osgi.annotation.versioning.ProviderType;

/** Starts runners. Each loaded model is a process of its own. */
@ProviderType
public interface EngineService {
    /**
     * Starts a runner and loads a model into it; blocks until it is ready. Interrupting the thread stops the runner.
     *
     * @throws PaddockException with {@link Fault#LOAD_FAILED} (message holds the runner's last words),
     *     {@link Fault#MODEL_DAMAGED} for a file that is not a sound GGUF, {@link Fault#UNAVAILABLE} when no backend is
     *     that the order names is installed, {@link Fault#QUARANTINED} when its runners kept dying, {@link
     *     Fault#OUT_OF_MEMORY} when it did not fit, nor the one smaller plan that was tried then, {@link
     *     Fault#CANCELLED} when interrupted
     * @param progress told how far it is, 0 to 1; must not block
     */
    LoadedModel load(LoadOrder order, DoubleConsumer progress);

    /** Without anybody who watches. */
    default LoadedModel load(LoadOrder order) {
        return load(order, fraction -> {});
    }

    /**
     * What a model would take, by a dry run that allocates nothing; remembered by model, sizes and backend versions.
     * Blocks for as long as a process takes to start; interrupting the thread stops it.
     *
     * @param order its context and placement are not looked at
     * @param contexts tokens of context to ask for; none above what the model was trained for
     * @param placements where; with -1 layers it is answered for all, three quarters, half and a quarter of them
     * @return one for each pair that llama.cpp would load; the others are left out
     * @throws PaddockException as {@link #load}
     */
    List<Fit> fit(LoadOrder order, List<Integer> contexts, List<Placement> placements);

    /**
     * Packs the weights of a model file anew, in a process of its own that ends with it. Blocks, also while another one is
     * at work; interrupting the thread stops it. What was written of the target stays when this fails.
     *
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} when the source is not sound, the type is not known or
     *     llama.cpp cannot make it of this model (message holds its words), {@link Fault#RUNNER_DIED} when the process
     *     died or finished no tensor for too long, {@link Fault#UNAVAILABLE} when there is no llama.cpp for this machine,
     *     {@link Fault#CANCELLED} when interrupted
     */
    void quantize(QuantizeOrder order, QuantizeOrder.Progress progress);

    /** All installed backends, by id and then the newest first. */
    List<BackendReport> backends();

    /**
     * Tells of every change of {@link #backends()}, from some thread; must not block.
     *
     * @return ends it; closing twice is harmless
     */
    Watch onBackendsChanged(Runnable listener);

    /** The memory of all devices that models could use, the host's first; not older than ten seconds. */
    List<Device> devices();

    /** Something that goes on until it is closed. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }

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
