package dev.paddock.scheduler;

import dev.paddock.api.model.StoredModel;
import dev.paddock.api.scheduler.KeepAlive;
import java.util.Optional;

/**
 * A model that is to be brought into memory, for a request or because the settings say so.
 *
 * @param model the model
 * @param needs how it must be loaded
 * @param keepAlive how long it is to stay, if a request says
 */
record Wish(StoredModel model, LoadNeeds needs, Optional<KeepAlive> keepAlive) {
    static Wish of(Ticket ticket) {
        return new Wish(ticket.model(), ticket.needs(), ticket.keepAlive());
    }
}
