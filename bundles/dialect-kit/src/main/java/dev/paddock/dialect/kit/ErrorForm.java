package dev.paddock.dialect.kit;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;

/** How one API writes its errors. */
public interface ErrorForm {
    /** The JSON body of an error. */
    Object body(int status, String message);

    /**
     * The HTTP status of a fault; 499 says that the caller went away. An API that has a number of its own for a full
     * queue, such as 429 or 529, gives that one.
     */
    default int status(Fault fault) {
        return switch (fault.blame()) {
            case CALLER ->
                switch (fault) {
                    case UNAUTHENTICATED -> 401;
                    case FORBIDDEN -> 403;
                    case MODEL_NOT_FOUND, NOT_FOUND -> 404;
                    case TOO_LARGE -> 413;
                    case CANCELLED -> 499;
                    default -> 400;
                };
            case CAPACITY -> fault == Fault.RATE_LIMITED ? 429 : 503;
            case SERVER -> fault == Fault.QUARANTINED ? 503 : 500;
        };
    }

    /** The HTTP status of a failure; by its fault, unless the API has one of its own for this kind of exception. */
    default int status(PaddockException failure) {
        return status(failure.fault());
    }

    /** The JSON body of a failure. */
    default Object body(PaddockException failure) {
        return body(status(failure), failure.getMessage());
    }

    /**
     * The JSON body of a failure, for an API whose errors name the request.
     *
     * @param request its id; empty when it has none
     */
    default Object body(PaddockException failure, String request) {
        return body(failure);
    }
}
