package dev.paddock.api.scheduler;

import dev.paddock.api.engine.LoadedModel;
import java.time.Duration;

/** The right to use a loaded model. Closing it is all that a caller must remember; closing twice is harmless. */
public interface Lease extends AutoCloseable {
    /** The model; not unloaded before this lease is closed. */
    LoadedModel model();

    /** How long the caller waited for the model to be loaded; zero when it was. */
    Duration loadTime();

    /**
     * Tells what the request took, so that its asker is charged for that and not for what was expected. The last word
     * before closing counts.
     *
     * @param tokens prompt tokens that were computed and tokens generated
     */
    void used(long tokens);

    @Override
    void close();
}
