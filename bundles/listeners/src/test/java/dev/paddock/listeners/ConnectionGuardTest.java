package dev.paddock.listeners;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionGuardTest {
    private final ConnectionGuard guard = new ConnectionGuard(4, 2, Duration.ofHours(1));

    @AfterEach
    void stop() {
        guard.close();
    }

    /** As Jetty's: once it is closed it does not know its peer. */
    private static final class Peer {
        final InetSocketAddress address;
        boolean closed;
        final EndPoint endPoint = proxy(EndPoint.class, this);
        final Connection connection = proxy(Connection.class, this);

        Peer(int last) throws Exception {
            address = new InetSocketAddress(InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last}), 5000);
        }

        private static <T> T proxy(Class<T> type, Peer peer) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(),
                    new Class<?>[] {type},
                    (self, method, arguments) -> switch (method.getName()) {
                        case "getEndPoint" -> peer.endPoint;
                        case "getRemoteSocketAddress" -> peer.closed ? null : peer.address;
                        case "close" -> peer.closed = true;
                        case "hashCode" -> System.identityHashCode(self);
                        case "equals" -> self == arguments[0];
                        default -> method.getReturnType() == long.class ? 0L : null;
                    }));
        }
    }

    private Peer opened(int last) throws Exception {
        var peer = new Peer(last);
        guard.onOpened(peer.connection);
        if (peer.closed) guard.onClosed(peer.connection);
        return peer;
    }

    private void close(Peer peer) {
        peer.closed = true;
        guard.onClosed(peer.connection);
    }

    @Test
    void anAddressHasItsShareAgainWhenItsConnectionsAreClosed() throws Exception {
        for (int round = 0; round < 5; round++) {
            Peer first = opened(1);
            Peer second = opened(1);
            assertThat(first.closed || second.closed).as("round %d", round).isFalse();
            assertThat(opened(1).closed).as("one too many").isTrue();
            Peer other = opened(2);
            assertThat(other.closed).as("another address").isFalse();
            close(first);
            close(second);
            close(other);
        }
    }

    @Test
    void thereAreOnlySoManyOfAll() throws Exception {
        for (int last = 1; last <= 4; last++) assertThat(opened(last).closed).isFalse();
        assertThat(opened(5).closed).isTrue();
    }
}
