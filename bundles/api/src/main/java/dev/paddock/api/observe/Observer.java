package dev.paddock.api.observe;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears of requests as they are answered; any bundle may register one. It is called on the request's own thread and by
 * many at once, so it must be quick and never block; one that throws is not heard of any more in that request.
 */
@ConsumerType
public interface Observer {
    /**
     * A request wants a model, and begins to wait for it.
     *
     * @return what is told of it from here on
     */
    Watch begins(Work work);

    /** An HTTP request has its answer, or was cut; for every path, whether a model was asked or not. */
    default void answered(Answered answered) {}
}
