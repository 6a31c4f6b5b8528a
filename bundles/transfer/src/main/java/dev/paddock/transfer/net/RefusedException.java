package dev.paddock.transfer.net;

import java.io.IOException;

/** A rule of ours forbids an address. The message says which rule, and which setting would allow it. */
public final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    /** For clients to read. */
    public RefusedException(String message) {
        super(message);
    }
}
