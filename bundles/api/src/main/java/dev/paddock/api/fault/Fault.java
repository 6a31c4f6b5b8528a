package dev.paddock.api.fault;

/**
 * Every failure that a client can see, and whose fault it is. A dialect only translates: it chooses the status and the
 * envelope by {@link #blame()} and by the fault itself. Codes are stable and never reused.
 */
public enum Fault {
    /** No model of that name is in the store. */
    MODEL_NOT_FOUND(1, Blame.CALLER),
    /** A field is missing, malformed or out of range; the message names it. */
    INVALID_REQUEST(2, Blame.CALLER),
    /** The prompt does not fit the model's context; the message holds both numbers. */
    CONTEXT_TOO_LONG(3, Blame.CALLER),
    /** The model lacks the asked capability (tools, thinking, embedding...). */
    UNSUPPORTED(4, Blame.CALLER),
    /** A body, file or count is over its limit; the message names the limit. */
    TOO_LARGE(5, Blame.CALLER),
    /** The caller went away or cancelled; nobody is left to read the answer. */
    CANCELLED(6, Blame.CALLER),
    /** An API key is needed, or the one that was sent is none. */
    UNAUTHENTICATED(7, Blame.CALLER),
    /** Who asks is known, and may not do this. */
    FORBIDDEN(8, Blame.CALLER),
    /** Something else than a model that is asked for by its name or id is not there. */
    NOT_FOUND(9, Blame.CALLER),

    /** The queue is full; try again later. */
    QUEUE_FULL(101, Blame.CAPACITY),
    /** The model does not fit the memory that is there. */
    OUT_OF_MEMORY(102, Blame.CAPACITY),
    /** The server or the part that answers is stopping or not there yet. */
    UNAVAILABLE(103, Blame.CAPACITY),
    /** Who asks has asked for more than they may; the message says of what. */
    RATE_LIMITED(104, Blame.CAPACITY),

    /** The runner could not load the model. */
    LOAD_FAILED(201, Blame.SERVER),
    /** The runner process ended while it was answering. */
    RUNNER_DIED(202, Blame.SERVER),
    /** A file of the model is damaged or missing on disk. */
    MODEL_DAMAGED(203, Blame.SERVER),
    /** The store could not read or write its files. */
    STORE_FAILED(204, Blame.SERVER),
    /** A chat template could not be parsed or rendered. */
    TEMPLATE_FAILED(205, Blame.SERVER),
    /** The model's runners kept dying; it is not loaded for a while. */
    QUARANTINED(206, Blame.SERVER),
    /** A bug of ours. */
    INTERNAL(299, Blame.SERVER);

    /** Whose fault a failure is, which decides the class of the HTTP status. */
    public enum Blame {
        /** The request is wrong: change it. */
        CALLER,
        /** The server is at a limit: try again later. */
        CAPACITY,
        /** The server failed: look at its log. */
        SERVER
    }

    private final int code;
    private final Blame blame;

    Fault(int code, Blame blame) {
        this.code = code;
        this.blame = blame;
    }

    /** The stable number of this fault. */
    public int code() {
        return code;
    }

    /** Whose fault it is. */
    public Blame blame() {
        return blame;
    }
}
