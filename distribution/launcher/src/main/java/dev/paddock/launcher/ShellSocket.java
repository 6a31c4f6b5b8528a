package dev.paddock.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gogo for the owner of the home: a Unix socket where each line is a command and what it prints comes back. The
 * connection ends when the caller closes its side, or says {@code exit}.
 */
final class ShellSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShellSocket.class);
    private static final int BACKLOG = 8;
    private static final int MAX_PATH_BYTES = 100; // the kernel takes 108 on Linux, 104 on macOS

    private final BundleContext context;
    private final ServerSocketChannel server;

    private ShellSocket(BundleContext context, ServerSocketChannel server) {
        this.context = context;
        this.server = server;
    }

    /**
     * Opens the socket, readable and writable for the owner alone at every moment: it is made where nobody else comes
     * in, and moved when it is closed to others. A path that is too long is complained of.
     *
     * @param sheltered a directory that only the owner may enter
     */
    static AutoCloseable open(BundleContext context, Path path, Path sheltered) throws IOException {
        Path made = sheltered.resolve("sock");
        if (Math.max(bytes(made), bytes(path)) > MAX_PATH_BYTES) {
            LOG.warn("no shell: {} is too long a path for a socket; a shorter PADDOCK_HOME helps", path);
            return () -> {};
        }
        Files.deleteIfExists(made);
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(made), BACKLOG);
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
        Files.move(made, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        var shell = new ShellSocket(context, server);
        Thread.ofVirtual().name("shell-socket").start(shell::accept);
        return shell;
    }

    private static int bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel channel = server.accept();
                Thread.ofVirtual().name("shell").start(() -> serve(channel));
            } catch (ClosedChannelException _) {
                return;
            } catch (IOException e) {
                LOG.warn("the shell's socket fails: {}", e.toString());
                return;
            }
        }
    }

    private void serve(SocketChannel channel) {
        var reference = context.getServiceReference(CommandProcessor.class);
        try (channel;
                var in = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
                var out = new PrintStream(Channels.newOutputStream(channel), true, StandardCharsets.UTF_8)) {
            if (reference == null) {
                out.println("the shell is not there (yet)");
                in.transferTo(Writer.nullWriter()); // closed with input unread, the answer would be lost on its way
                return;
            }
            try (var session = context.getService(reference).createSession(InputStream.nullInputStream(), out, out)) {
                session.put("SCOPE", "paddock:felix:gogo:*");
                for (String line = in.readLine(); line != null && !line.strip().equals("exit"); line = in.readLine())
                    execute(session, line, out);
            }
        } catch (IOException e) {
            LOG.debug("a shell's caller went away: {}", e.toString());
        } finally {
            if (reference != null) context.ungetService(reference);
        }
    }

    @SuppressWarnings("IllegalCatch") // a command may throw whatever it likes; its caller is told
    private static void execute(CommandSession session, String line, PrintStream out) {
        if (line.isBlank()) return;
        LOG.info("shell: {}", begin(line));
        try {
            Object result = session.execute(line);
            if (result != null) out.println(session.format(result, Converter.INSPECT));
        } catch (Exception e) {
            out.println("error: " + (e.getMessage() == null ? e : e.getMessage()));
        }
        out.flush();
    }

    /** Three words: what comes after them may be a secret, as in {@code config set PID KEY VALUE}. */
    private static String begin(String line) {
        String[] words = line.strip().split("\\s+", 4);
        return words.length < 4 ? String.join(" ", words) : String.join(" ", words[0], words[1], words[2], "...");
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
