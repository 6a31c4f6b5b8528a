package dev.paddock.api.fault;

/** A failure that a client will see. The message says what failed, where, and what to do; it holds no secrets. */
public class PaddockException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Fault fault;

    /** A failure that nothing else caused. */
    public PaddockException(Fault fault, String message) {
        super(message);
        this.fault = fault;
    }

    /** A failure and what caused it, for the log. */
    public PaddockException(Fault fault, String message, Throwable cause) {
        super(message, cause);
        this.fault = fault;
    }

    /** What kind of failure this is. */
    public Fault fault() {
        return fault;
    }
}
