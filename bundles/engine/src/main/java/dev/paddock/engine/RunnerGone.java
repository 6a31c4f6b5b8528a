package dev.paddock.engine;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;

/** A runner died of itself, or had to be killed. */
final class RunnerGone extends PaddockException {
    private static final long serialVersionUID = 1L;

    RunnerGone(Fault fault, String message, Throwable cause) {
        super(fault, message, cause);
    }
}
