package dev.paddock.runner.protocol;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * One end of the socket. Any thread may {@link #send}: it never waits, because a thread of the connection's own does
 * the writing, and interrupting a sender leaves the socket alone. One thread calls {@link #receive}. What is sent while
 * the other side does not read is kept, up to a bound; pieces of one answer are joined meanwhile.
 */
public final class Connection implements AutoCloseable {
    private static final long LINGER_MILLIS = 1000;

    private final SocketChannel channel;
    private final Outbox outbox = new Outbox();
    private final Thread writer;
    private final ByteBuffer header = ByteBuffer.allocate(Integer.BYTES);

    /**
     * Takes over a connected channel in blocking mode.
     *
     * @param name for the writing thread
     */
    public Connection(SocketChannel channel, String name) {
        this.channel = channel;
        this.writer = Thread.ofPlatform().daemon().name(name + " writer").unstarted(this::write);
        writer.start();
    }

    /** Connects to the Unix domain socket of that path. */
    public static Connection to(Path socket, String name) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        return new Connection(channel, name);
    }

    /**
     * Says hello and hears the other side's; to be called first, on both sides.
     *
     * @throws ProtocolException when it speaks another version, or something else altogether
     */
    public Message.Hello handshake(String software) throws IOException {
        send(new Message.Hello(Message.PROTOCOL, ProcessHandle.current().pid(), software));
        Message first = receive();
        if (!(first instanceof Message.Hello hello)) throw new ProtocolException("the first message was no hello");
        if (hello.protocol() != Message.PROTOCOL) {
            throw new ProtocolException(hello.software() + " speaks protocol version " + hello.protocol()
                    + ", this side version " + Message.PROTOCOL + "; server and runner must be of the same release");
        }
        return hello;
    }

    /**
     * Queues a message.
     *
     * @throws ProtocolException when it is too large for a frame; nothing was queued then
     * @throws IOException when the connection has ended, or the other side has not read for so long that the bound is
     *     reached, which ends it
     */
    public void send(Message message) throws IOException {
        outbox.add(message);
    }

    /**
     * Waits for the next message.
     *
     * @throws EOFException when the other side has closed
     * @throws ProtocolException when it sent nonsense
     */
    public Message receive() throws IOException {
        fill(header.clear());
        ByteBuffer frame = ByteBuffer.allocate(Codec.length(header.flip().getInt()));
        fill(frame);
        return Codec.decode(frame.flip());
    }

    private void fill(ByteBuffer target) throws IOException {
        while (target.hasRemaining()) {
            if (channel.read(target) < 0) throw new EOFException("the other side closed the connection");
        }
    }

    private void write() {
        try {
            ByteBuffer frame = outbox.take();
            while (frame != null) {
                while (frame.hasRemaining()) channel.write(frame);
                frame = outbox.take();
            }
        } catch (IOException e) {
            outbox.fail(e.getMessage());
        } catch (InterruptedException e) {
            outbox.fail("interrupted");
        }
    }

    /** Writes what is queued, for at most a second, and closes. */
    @Override
    public void close() throws IOException {
        outbox.close();
        try {
            writer.join(LINGER_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            channel.close();
        }
    }
}
