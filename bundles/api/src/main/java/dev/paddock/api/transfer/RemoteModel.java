package dev.paddock.api.transfer;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelName;

/**
 * A model in a registry.
 *
 * @param name its host is the registry
 * @param plain whether the name says {@code http://}
 */
public record RemoteModel(ModelName name, boolean plain) {
    private static final String PLAIN = "http://";

    /**
     * Reads {@code [scheme://][host/][namespace/]model[:tag]}.
     *
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} as {@link ModelName#parse}
     */
    public static RemoteModel parse(String text) {
        return new RemoteModel(ModelName.parse(text), text.strip().regionMatches(true, 0, PLAIN, 0, PLAIN.length()));
    }
}
