package dev.paddock.runner.decode;

import dev.paddock.runner.protocol.Message;

/** A generation that was asked for, and whether it still is. */
final class Request {
    private final Message.Generate order;
    private volatile boolean cancelled;
    private volatile boolean abortable;

    Request(Message.Generate order) {
        this.order = order;
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
}
