package dev.paddock.scheduler;

import dev.paddock.api.model.Digest;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.scheduler.KeepAlive;
import dev.paddock.api.security.Asker;
import java.util.Optional;

/**
 * A request that waits for its turn.
 *
 * @param id unique among tickets
 * @param model what it wants
 * @param needs how it must be loaded
 * @param keepAlive how long it is to stay, if the request says
 * @param asker who asks
 * @param tokens what it will take, about
 * @param since when it came, on the core's clock
 */
record Ticket(
        long id,
        StoredModel model,
        LoadNeeds needs,
        Optional<KeepAlive> keepAlive,
        Asker asker,
        long tokens,
        long since) {
    /** Models with equal weights share a runner. */
    Digest weights() {
        return model.weightsDigest();
    }

    String identity() {
        return asker.identity().name();
    }

    /** What it is charged before it is known what it took: its tokens over its identity's weight. */
    double charge() {
        return charge(tokens);
    }

    /** Nothing is free, else who asks for nothing would always be first. */
    double charge(long taken) {
        return Math.max(1, taken) / asker.identity().weight();
    }
}
