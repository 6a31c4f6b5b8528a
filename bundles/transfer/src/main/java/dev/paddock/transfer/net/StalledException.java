package dev.paddock.transfer.net;

import java.io.IOException;

/** The other side kept a connection open and sent nothing, or next to nothing. */
public final class StalledException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What was waited for. */
    public StalledException(String message, Throwable cause) {
        super(message, cause);
    }
}
