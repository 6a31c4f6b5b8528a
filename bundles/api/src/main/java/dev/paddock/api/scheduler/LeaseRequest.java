package dev.paddock.api.scheduler;

import dev.paddock.api.model.Options;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.security.Asker;
import java.util.Optional;

/**
 * Who wants which model, and how it must be loaded.
 *
 * @param model the model
 * @param options the merged options; those that say how to load decide whether a loaded runner will do
 * @param keepAlive renews how long the model stays loaded; empty = unchanged or the default
 * @param asker who asks
 * @param tokens about how many tokens it will take, prompt and answer together; what it took is told by {@link
 *     Lease#used}
 */
public record LeaseRequest(
        StoredModel model, Options options, Optional<KeepAlive> keepAlive, Asker asker, long tokens) {}
