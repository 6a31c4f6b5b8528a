package dev.paddock.cli.server;

/** The server answered with an error. */
public final class Refused extends Failure {
    private static final long serialVersionUID = 1L;

    private final int status;

    Refused(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }
}
