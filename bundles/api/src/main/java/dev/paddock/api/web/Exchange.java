package dev.paddock.api.web;

import dev.paddock.api.security.Identity;
import java.time.Duration;

/**
 * One HTTP request as the edge sees it. The edge puts it on the request under {@link #ATTRIBUTE} before any dialect
 * runs.
 */
public interface Exchange {
    /** The request attribute that holds the exchange. */
    String ATTRIBUTE = "dev.paddock.exchange";

    /** The id of this request, unique in this run of the server; also in the response header {@code X-Request-Id}. */
    String requestId();

    /** Who is asking. */
    Identity identity();

    /** The largest body this request may have, in bytes. */
    long bodyLimit();

    /** How long a stream may be silent before its client is sent a sign of life; zero = for ever. */
    Duration pingInterval();

    /**
     * Watches the connection while the request is being answered.
     *
     * @param gone run at most once, on another thread, when the client has closed the connection
     * @return ends the watch; closing twice is harmless
     */
    Watch onDisconnect(Runnable gone);

    /**
     * Breaks off an answer that has begun and cannot be completed, so that the client does not take what it got for the
     * whole.
     *
     * @param why for the log
     */
    void cut(String why);

    /** A running watch on the client's connection. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
