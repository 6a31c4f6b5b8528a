package dev.paddock.modelfile;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;

/** Failures of creation in words for clients. */
final class Faults {
    private Faults() {}

    static PaddockException invalid(String message) {
        return new PaddockException(Fault.INVALID_REQUEST, message);
    }

    static PaddockException invalid(String message, Throwable cause) {
        return new PaddockException(Fault.INVALID_REQUEST, message, cause);
    }
}
