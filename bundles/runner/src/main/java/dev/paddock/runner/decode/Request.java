package dev.paddock.runner.decode;

import dev.paddock.runner.protocol.Message;

/** A generation that was asked for, and whether it still is. */
final class Request implements AutoCloseable {
    /** How far it is. Guarded by {@link Requests}. */
    enum Stage {
        /** Its samplers take long to make; nobody has begun. */
        RAW,
        /** They are being made. */
        IN_THE_MAKING,
        /** It can have a seat. */
        READY,
        /** It has one, or had. */
        RUNNING
    }

    private final Message.Generate order;
    private volatile boolean cancelled;
    private volatile boolean abortable;
    private Stage stage;
    private Sequence made;

    Request(Message.Generate order, Stage stage) {
        this.order = order;
        this.stage = stage;
    }

    Message.Generate order() {
        return order;
    }

    long id() {
        return order.id();
    }

    boolean cancelled() {
        return cancelled;
    }

    void cancel() {
        cancelled = true;
    }

    /** Whether the decode call that runs is worth breaking off for this request. */
    boolean abortable() {
        return abortable;
    }

    void abortable(boolean value) {
        abortable = value;
    }

    Stage stage() {
        return stage;
    }

    void stage(Stage next) {
        stage = next;
    }

    /** Its sequence is there; until it is taken, it is this request's to close. */
    void made(Sequence sequence) {
        made = sequence;
        stage = Stage.READY;
    }

    /** Whether a sequence was made and not taken. */
    boolean hasSequence() {
        return made != null;
    }

    /** The sequence that was made; null when whoever gives it a seat has to make it. Once. */
    Sequence takeSequence() {
        Sequence taken = made;
        made = null;
        return taken;
    }

    /** Frees what was made for it and not taken. */
    @Override
    public void close() {
        Sequence unused = takeSequence();
        if (unused != null) unused.close();
    }
}
