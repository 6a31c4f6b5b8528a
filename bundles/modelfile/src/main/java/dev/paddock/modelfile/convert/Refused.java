package dev.paddock.modelfile.convert;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;

/** What is said when a model cannot be converted: the files are the caller's, and so is the fault. */
public final class Refused {
    private Refused() {}

    /** The files are not what they should be, or want something that is not supported. */
    public static PaddockException because(String words) {
        return new PaddockException(Fault.INVALID_REQUEST, words);
    }

    /** The same, with a cause for the log. */
    public static PaddockException because(String words, Throwable cause) {
        return new PaddockException(Fault.INVALID_REQUEST, words, cause);
    }

    /**
     * Ends the conversion when its thread was interrupted.
     *
     * @throws PaddockException CANCELLED; the thread stays interrupted
     */
    public static void whenInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new PaddockException(Fault.CANCELLED, "the conversion was cancelled");
        }
    }
}
