package dev.paddock.scheduler;

import dev.paddock.api.model.Digest;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.scheduler.KeepAlive;
import java.util.Optional;

/**
 * A request that waits for its turn.
 *
 * @param id unique among tickets
 * @param model what it wants
 * @param needs how it must be loaded
 * @param keepAlive how long it is to stay, if the request says
 * @param since when it came, on the core's clock
 */
record Ticket(long id, StoredModel model, LoadNeeds needs, Optional<KeepAlive> keepAlive, long since) {
    /** Models with equal weights share a runner. */
    Digest weights() {
        return model.weightsDigest();
    }
}
