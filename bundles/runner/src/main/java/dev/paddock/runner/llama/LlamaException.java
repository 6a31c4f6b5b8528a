package dev.paddock.runner.llama;

import dev.paddock.runner.protocol.FailureCode;

/** What native code could not do, or was not asked because it would have died of it. */
public final class LlamaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FailureCode code;

    public LlamaException(FailureCode code, String message) {
        super(message);
        this.code = code;
    }

    /** What kind of failure it is. */
    public FailureCode code() {
        return code;
    }
}
