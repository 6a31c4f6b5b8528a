package dev.paddock.runner.llama;

import dev.paddock.api.fault.Fault;

/** What native code could not do, or was not asked because it would have died of it. */
public final class LlamaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Fault code;

    public LlamaException(Fault code, String message) {
        super(message);
        this.code = code;
    }

    /** What kind of failure it is. */
    public Fault code() {
        return code;
    }
}
