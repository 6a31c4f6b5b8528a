package dev.paddock.transfer.net;

import java.io.IOException;

/** The other side answered what cannot be right; asking again would give the same. */
public final class WrongAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What is wrong about it. */
    public WrongAnswerException(String message) {
        super(message);
    }
}
