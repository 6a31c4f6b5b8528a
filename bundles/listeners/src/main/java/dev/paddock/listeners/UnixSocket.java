package dev.paddock.listeners;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/** HTTP over a Unix socket. Whoever may open the file is taken for a client on this machine. */
final class UnixSocket {
    /** Linux has 108 bytes for it, others 104. */
    private static final int LONGEST_PATH = 100;

    private static final SocketAddress HERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private UnixSocket() {}

    /**
     * Opens it; a socket that a killed server left behind is replaced.
     *
     * @throws IOException when something else lies there, or somebody listens on it
     */
    static Connector at(Path path, Server server, HttpConfiguration http) throws IOException {
        if (path.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH)
            throw new IOException("the path is longer than " + LONGEST_PATH + " bytes");
        removeStale(path);
        http.addCustomizer((request, _) -> fromHere(request));
        var connector = new UnixDomainServerConnector(server, new HttpConnectionFactory(http));
        connector.setUnixDomainPath(path);
        connector.addEventListener(new LifeCycle.Listener() {
            @Override
            public void lifeCycleStarted(LifeCycle started) {
                forItsUserOnly(path);
            }
        });
        return connector;
    }

    private static void forItsUserOnly(Path path) {
        try {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void removeStale(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) return;
        if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther()) throw new IOException("a file that is no socket lies there");
        try (var _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            throw new IOException("somebody listens there already");
        } catch (ConnectException _) {
            Files.delete(path);
        }
    }

    private static Request fromHere(Request request) {
        var connection = new ConnectionMetaData.Wrapper(request.getConnectionMetaData()) {
            @Override
            public SocketAddress getRemoteSocketAddress() {
                return HERE;
            }
        };
        return new Request.Wrapper(request) {
            @Override
            public ConnectionMetaData getConnectionMetaData() {
                return connection;
            }
        };
    }
}
