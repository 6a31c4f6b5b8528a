package dev.paddock.web;

import dev.paddock.api.web.Exchange;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out, for requests that ask for it, when their clients close the connection. Safe for many threads. */
final class ConnectionWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionWatcher.class);

    private final ScheduledThreadPoolExecutor clock;
    private final Duration interval;

    /** @param interval time between two looks at a connection */
    ConnectionWatcher(Duration interval) {
        this.interval = interval;
        this.clock = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("paddock-connections").factory());
        clock.setRemoveOnCancelPolicy(true);
    }

    /** Watches the connection of a request whose body was read to its end. */
    Exchange.Watch watch(HttpServletRequest request, Runnable gone) {
        Request core = ServletContextRequest.getServletContextRequest(request);
        Connection connection = core.getConnectionMetaData().getConnection();
        if (connection.getEndPoint() instanceof SocketChannelEndPoint plain
                && connection instanceof Connection.UpgradeTo buffered) {
            return bodyRead(request) ? socket(plain, buffered, gone) : () -> {};
        }
        return stream(core, gone);
    }

    private Exchange.Watch socket(SocketChannelEndPoint endPoint, Connection.UpgradeTo connection, Runnable gone) {
        SocketWatch watch = new SocketWatch(endPoint.getChannel(), connection, gone);
        long nanos = interval.toNanos();
        watch.lookedBy(clock.scheduleWithFixedDelay(watch::look, nanos, nanos, TimeUnit.NANOSECONDS));
        return watch;
    }

    /** HTTP/2 and TLS: Jetty itself reads all the time, or tells about a stream that was reset. */
    private static Exchange.Watch stream(Request core, Runnable gone) {
        AtomicBoolean over = new AtomicBoolean();
        core.addFailureListener(_ -> {
            if (over.compareAndSet(false, true)) Thread.startVirtualThread(gone);
        });
        return () -> over.set(true);
    }

    /** While a body is unread Jetty may read at any time, and what it reads is not ours. */
    private static boolean bodyRead(HttpServletRequest request) {
        if (request.getContentLengthLong() <= 0 && request.getHeader("Transfer-Encoding") == null) return true;
        try {
            if (request.getInputStream().isFinished()) return true;
        } catch (IOException e) {
            LOG.debug("the body of {} cannot be looked at", request.getRequestURI(), e);
        }
        LOG.warn("{}: the connection is not watched, because the body was not read", request.getRequestURI());
        return false;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
