package dev.paddock.api.scheduler;

import dev.paddock.api.model.StoredModel;

/**
 * A model that is not in memory yet.
 *
 * @param model the model
 * @param phase what is being done
 * @param progress of the loading, 0 to 1; 0 before
 * @param waiting requests that wait for it
 */
public record Arrival(StoredModel model, Phase phase, double progress, int waiting) {
    /** What is done before a model is there. */
    public enum Phase {
        /** It is found out what it takes. */
        PLANNING,
        /** Memory or a place must become free. */
        WAITING,
        /** Its runner loads it. */
        LOADING
    }
}
