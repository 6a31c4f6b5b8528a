package dev.paddock.runner.protocol;

import java.io.IOException;

/** The other side sent bytes that are no message of this protocol; the connection is of no further use. */
public final class ProtocolException extends IOException {
    private static final long serialVersionUID = 1L;

    public ProtocolException(String message) {
        super(message);
    }
}
