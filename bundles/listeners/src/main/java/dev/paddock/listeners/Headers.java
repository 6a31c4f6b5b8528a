package dev.paddock.listeners;

import org.eclipse.jetty.io.Connection;

/** Since when a connection owes the rest of a request's headers. Looked at by one thread. */
final class Headers {
    private long requests;
    private long bytes;
    /** When the unfinished headers were first seen to be so. */
    private long since;

    private boolean owed = true;

    /** A new connection owes its first request. */
    Headers(long now) {
        this.since = now;
    }

    /** Nanoseconds for which it has owed the rest of a request's headers; 0 while it owes none. */
    long waitedFor(Connection connection, long now) {
        return waitedFor(connection.getMessagesIn(), connection.getMessagesOut(), connection.getBytesIn(), now);
    }

    /**
     * The same of its counters.
     *
     * @param in requests whose headers came
     * @param out requests that were answered
     * @param read bytes that came
     */
    long waitedFor(long in, long out, long read, long now) {
        boolean answering = in > out;
        boolean begun = in == 0 || (in == requests && read > bytes);
        if (answering || !begun) {
            owed = false;
        } else if (!owed) {
            owed = true;
            since = now;
        }
        // What came while the last request was answered, or with it, is taken for its own.
        if (answering || in != requests) bytes = read;
        requests = in;
        return owed ? now - since : 0;
    }
}
