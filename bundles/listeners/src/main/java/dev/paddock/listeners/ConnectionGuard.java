package dev.paddock.listeners;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.Container;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts connections and closes those that are too many, or that dawdle over a request's headers (slowloris). Jetty itself
 * limits only the time between two bytes. Safe for many threads.
 */
final class ConnectionGuard implements Connection.Listener, Container.Listener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionGuard.class);
    private static final int SWEEPS_A_TIMEOUT = 4;
    private static final long LONGEST_SWEEP_MS = 5_000;
    private static final long COMPLAINT_MS = 60_000;

    private final int most;
    private final int mostOfAddress;
    private final long timeoutNanos;
    private final Map<Connection, Guarded> open = new ConcurrentHashMap<>();
    private final Map<InetAddress, AtomicInteger> byAddress = new ConcurrentHashMap<>();
    private final AtomicLong complained =
            new AtomicLong(System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(COMPLAINT_MS));
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("paddock-slow-clients").factory());

    /** @param address of another machine, empty for this one; a closed connection does not know it any more */
    private record Guarded(Headers headers, Optional<InetAddress> address) {}

    ConnectionGuard(int most, int mostOfAddress, Duration headerTimeout) {
        this.most = most;
        this.mostOfAddress = mostOfAddress;
        long millis = Math.max(100, headerTimeout.toMillis());
        this.timeoutNanos = TimeUnit.MILLISECONDS.toNanos(millis);
        long sweep = Math.min(LONGEST_SWEEP_MS, millis / SWEEPS_A_TIMEOUT);
        clock.scheduleWithFixedDelay(this::sweep, sweep, sweep, TimeUnit.MILLISECONDS);
    }

    /** Looks after all connectors of a server, those that come later too. */
    void guard(Server server) {
        for (Connector connector : server.getConnectors()) connector.addBean(this, false);
        server.addEventListener(this);
    }

    void release(Server server) {
        server.removeEventListener(this);
        for (Connector connector : server.getConnectors()) connector.removeBean(this);
    }

    @Override
    public void beanAdded(Container parent, Object child) {
        if (child instanceof Connector connector) connector.addBean(this, false);
    }

    @Override
    public void beanRemoved(Container parent, Object child) {
        // Its connections tell that they are closed.
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof SslConnection) return; // the HTTP connection inside it counts
        InetAddress address = elsewhere(connection);
        open.put(connection, new Guarded(new Headers(System.nanoTime()), Optional.ofNullable(address)));
        // Counted within the map: a count that just fell to nothing is gone from it.
        int ofAddress = address == null
                ? 0
                : byAddress
                        .compute(address, (_, count) -> {
                            AtomicInteger counted = count == null ? new AtomicInteger() : count;
                            counted.incrementAndGet();
                            return counted;
                        })
                        .get();
        if (open.size() > most) refuse(connection, "there are " + most + " connections already (setting connections)");
        else if (ofAddress > mostOfAddress)
            refuse(
                    connection,
                    address.getHostAddress() + " has " + mostOfAddress + " already (setting connections.address)");
    }

    @Override
    public void onClosed(Connection connection) {
        Guarded guarded = open.remove(connection);
        if (guarded == null) return;
        guarded.address()
                .ifPresent(address ->
                        byAddress.computeIfPresent(address, (_, count) -> count.decrementAndGet() <= 0 ? null : count));
    }

    private void refuse(Connection connection, String why) {
        long now = System.nanoTime();
        long last = complained.get();
        if (now - last >= TimeUnit.MILLISECONDS.toNanos(COMPLAINT_MS) && complained.compareAndSet(last, now))
            LOG.warn("connections are closed at once: {}; said once a minute", why);
        connection.getEndPoint().close();
    }

    /** The address of another machine; null for this one, which is never limited by it. */
    private static InetAddress elsewhere(Connection connection) {
        EndPoint endPoint = connection.getEndPoint();
        return endPoint.getRemoteSocketAddress() instanceof InetSocketAddress remote
                        && !remote.getAddress().isLoopbackAddress()
                ? remote.getAddress()
                : null;
    }

    private void sweep() {
        long now = System.nanoTime();
        open.forEach((connection, guarded) -> {
            if (guarded.headers().waitedFor(connection, now) > timeoutNanos) {
                LOG.debug("{} took too long over its headers", connection);
                connection.getEndPoint().close();
            }
        });
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
