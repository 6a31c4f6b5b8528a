package dev.paddock.api.observe;

import dev.paddock.api.security.Asker;

/**
 * What a request wants of a model.
 *
 * @param kind what is to be done
 * @param model the model's full display name
 * @param asker who asks, and under which request id
 */
public record Work(Kind kind, String model, Asker asker) {
    /** What can be done with a model. */
    public enum Kind {
        /** A conversation is continued. */
        CHAT,
        /** A prompt is answered or continued. */
        COMPLETE,
        /** A conversation's tokens are counted. */
        COUNT,
        /** Texts become vectors. */
        EMBED,
        /** Documents are scored. */
        RERANK,
        /** The model is loaded, nothing more. */
        LOAD
    }
}
