package dev.paddock.cli.server;

/** A command that cannot do what was asked: one sentence for the user and an exit code. */
public class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** It did not work. */
    public static final int ERROR = 1;

    /** It was asked wrongly. */
    public static final int USAGE = 2;

    /** The user interrupted it. */
    public static final int INTERRUPTED = 130;

    private final int exitCode;

    public Failure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** A failure of the ordinary kind, with exit code {@link #ERROR}. */
    public Failure(String message) {
        this(ERROR, message);
    }

    /** What the command exits with. */
    public int exitCode() {
        return exitCode;
    }
}
