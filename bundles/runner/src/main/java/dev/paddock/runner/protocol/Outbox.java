package dev.paddock.runner.protocol;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * What waits to be written. Chunks stay open until they are taken, so that a slow reader gets few large ones; their sum
 * is bounded by the answers' length. All the rest is bounded in bytes, and running over ends the connection: a reader
 * that far behind is no reader.
 */
final class Outbox {
    private static final long MAX_BYTES = 4L * Codec.MAX_FRAME;

    private final ArrayDeque<Object> queue = new ArrayDeque<>();
    private final Map<Long, OpenChunk> open = new HashMap<>();
    private long bytes;
    private boolean closed;
    private String failure;

    void add(Message message) throws IOException {
        if (message instanceof Message.Chunk chunk) {
            add(chunk);
        } else {
            add(Codec.encode(message), message);
        }
    }

    private synchronized void add(Message.Chunk chunk) throws IOException {
        OpenChunk waiting = open.get(chunk.id());
        if (waiting == null || waiting.isFull()) {
            waiting = new OpenChunk(chunk);
            open.put(chunk.id(), waiting);
            enqueue(waiting);
        } else {
            check();
            waiting.append(chunk);
        }
        grow(OpenChunk.size(chunk));
    }

    private synchronized void add(ByteBuffer frame, Message message) throws IOException {
        enqueue(frame);
        if (message instanceof Message.End end) {
            open.remove(end.id());
        } else if (message instanceof Message.Failed failed) {
            open.remove(failed.id());
        }
        grow(frame.remaining());
    }

    private void enqueue(Object entry) throws IOException {
        check();
        queue.add(entry);
        if (queue.size() == 1) notifyAll();
    }

    private void check() throws IOException {
        if (failure != null || closed) {
            throw new IOException("the connection has ended" + (failure == null ? "" : ": " + failure));
        }
    }

    private void grow(int more) throws IOException {
        bytes += more;
        if (bytes > MAX_BYTES) {
            fail("the other side does not read; " + bytes + " bytes wait");
            check();
        }
    }

    /** The next frame; null when closed and all was taken. */
    ByteBuffer take() throws InterruptedException, IOException {
        Object entry = next();
        if (entry instanceof OpenChunk chunk) return Codec.encode(chunk.join());
        return (ByteBuffer) entry;
    }

    private synchronized Object next() throws InterruptedException, IOException {
        while (queue.isEmpty() && !closed && failure == null) wait();
        if (failure != null) throw new IOException(failure);
        Object entry = queue.poll();
        if (entry instanceof OpenChunk chunk) {
            open.remove(chunk.id(), chunk);
            bytes -= chunk.size();
        } else if (entry instanceof ByteBuffer frame) {
            bytes -= frame.remaining();
        }
        return entry;
    }

    synchronized void fail(String reason) {
        failure = failure == null ? reason : failure;
        queue.clear();
        open.clear();
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
