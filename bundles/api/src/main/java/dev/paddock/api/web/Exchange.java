package dev.paddock.api.web;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.security.Identity;
import dev.paddock.api.security.Scope;
import java.time.Duration;

/**
 * One HTTP request as the edge sees it. The edge puts it on the request under {@link #ATTRIBUTE} before any dialect
 * runs.
 */
public interface Exchange {
    /** The request attribute that holds the exchange. */
    String ATTRIBUTE = "dev.paddock.exchange";

    /** The request attribute in which whoever answers puts the pattern of the path, for those who count by route. */
    String ROUTE = "dev.paddock.route";

    /** The id of this request, unique in this run of the server; also in the response header {@code X-Request-Id}. */
    String requestId();

    /** Who is asking. */
    Identity identity();

    /**
     * Lets the request go on only if whoever asks is known: is on this machine, named by a trusted proxy, or shows a key,
     * where one is needed.
     *
     * @throws PaddockException with {@link Fault#UNAUTHENTICATED}; {@link Fault#RATE_LIMITED} after too many wrong keys
     */
    void requireKnown();

    /**
     * Lets the request go on only if whoever asks may do what a scope stands for. The first time that {@link Scope#INFER}
     * is asked for, the request counts against the limits of its key, until it has its answer.
     *
     * @throws PaddockException as {@link #requireKnown}; with {@link Fault#FORBIDDEN} without that scope, {@link
     *     Fault#RATE_LIMITED} over a limit
     */
    void require(Scope scope);

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
