package dev.paddock.web;

import dev.paddock.api.web.Exchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ScheduledFuture;
import org.eclipse.jetty.io.Connection;

/**
 * Looks at a socket while its request is being answered. Jetty does not read then, so it would not see that the client
 * is gone. A client that sends its next request early is there: what was read of it goes back to the connection when
 * the watch ends, on the request's own thread, before Jetty reads on.
 */
final class SocketWatch implements Exchange.Watch {
    /** Bytes of an early request that are taken at most; any amount proves that the client is there. */
    private static final int PEEK = 256;

    private final SocketChannel channel;
    private final Connection.UpgradeTo connection;
    private final Runnable gone;
    private final ByteBuffer early = ByteBuffer.allocate(PEEK);
    private ScheduledFuture<?> looks;
    private boolean over;

    SocketWatch(SocketChannel channel, Connection.UpgradeTo connection, Runnable gone) {
        this.channel = channel;
        this.connection = connection;
        this.gone = gone;
    }

    /** Takes the repeated task that calls {@link #look}, to end it with the watch. */
    synchronized void lookedBy(ScheduledFuture<?> task) {
        looks = task;
        if (over) task.cancel(false);
    }

    /** Reads without blocking: nothing, the end, or the beginning of an early request. */
    synchronized void look() {
        if (over) return;
        try {
            int read = channel.read(early);
            if (read == 0) return;
            if (read < 0) Thread.startVirtualThread(gone);
        } catch (IOException e) {
            Thread.startVirtualThread(gone);
        }
        end();
    }

    @Override
    public synchronized void close() {
        end();
        early.flip();
        if (early.hasRemaining()) connection.onUpgradeTo(early);
        early.position(early.limit());
    }

    private void end() {
        over = true;
        if (looks != null) looks.cancel(false);
    }
}
