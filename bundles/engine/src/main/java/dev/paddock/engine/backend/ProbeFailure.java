package dev.paddock.engine.backend;

/** A backend gave no devices; the message is what was seen. */
public final class ProbeFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** How it came to that. */
    public enum Kind {
        /** There is nothing for this platform. */
        NO_FILES,
        /** The files could not be brought together. */
        FILES,
        /** The runner said why; the message is the loader's text. */
        REFUSED,
        /** It was loaded, but brought no device; the message is its log. */
        NO_DEVICE,
        /** It took too long. */
        TIMED_OUT,
        /** The process died. */
        CRASHED
    }

    /** Says what was seen. */
    public ProbeFailure(Kind kind, String seen) {
        super(seen);
        this.kind = kind;
    }

    /** How it came to that. */
    public Kind kind() {
        return kind;
    }
}
