package dev.paddock.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * Reads little-endian values from a file and knows how much is left, so that a count can be refused before anything is
 * allocated for it. Reads rather than maps, for the reasons in docs/decisions/0013-gguf-gate.md.
 */
final class GgufInput {
    private static final int WINDOW_BYTES = 1 << 18;

    /** Where the bytes come from. */
    private interface Source {
        /** Reads into the buffer as {@link FileChannel#read(ByteBuffer, long)} does. */
        int read(ByteBuffer into, long position) throws IOException;
    }

    private final Source source;
    private final long size;
    private final ByteBuffer window;
    private long windowStart;

    GgufInput(FileChannel channel) throws IOException {
        this(channel::read, channel.size());
    }

    /** Reads from memory: for tests of many files. */
    GgufInput(byte[] content) {
        this((into, position) -> copy(content, into, (int) position), content.length);
    }

    private GgufInput(Source source, long size) {
        this.source = source;
        this.size = size;
        int capacity = Math.clamp(size, Long.BYTES, WINDOW_BYTES);
        this.window =
                ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    }

    private static int copy(byte[] content, ByteBuffer into, int position) {
        int count = Math.min(into.remaining(), content.length - position);
        into.put(content, position, count);
        return count == 0 ? -1 : count;
    }

    long size() {
        return size;
    }

    long position() {
        return windowStart + window.position();
    }

    long remaining() {
        return size - position();
    }

    int u8() throws IOException {
        need(1);
        return window.get() & 0xff;
    }

    short i16() throws IOException {
        need(2);
        return window.getShort();
    }

    int i32() throws IOException {
        need(4);
        return window.getInt();
    }

    long u32() throws IOException {
        return Integer.toUnsignedLong(i32());
    }

    long i64() throws IOException {
        need(8);
        return window.getLong();
    }

    /** Reads that many bytes; the caller has bounded the count, this checks it against the file before allocating. */
    byte[] bytes(int count) throws IOException {
        checkRemaining(count);
        byte[] bytes = new byte[count];
        bytes(bytes, 0, count);
        return bytes;
    }

    /** Reads that many bytes into a part of an array. */
    void bytes(byte[] into, int from, int count) throws IOException {
        checkRemaining(count);
        int done = 0;
        while (done < count) {
            need(1);
            int step = Math.min(count - done, window.remaining());
            window.get(into, from + done, step);
            done += step;
        }
    }

    /** Goes back, or on, to a place that was read before. */
    void seek(long position) {
        long ahead = position - windowStart;
        if (ahead >= 0 && ahead <= window.limit()) {
            window.position((int) ahead);
        } else {
            windowStart = position;
            window.position(0).limit(0);
        }
    }

    void skip(long count) throws IOException {
        if (count <= window.remaining()) {
            window.position(window.position() + (int) count);
            return;
        }
        checkRemaining(count);
        windowStart = position() + count;
        window.position(0).limit(0);
    }

    /** Refuses a count of bytes that the rest of the file cannot hold. */
    void checkRemaining(long count) throws GgufException {
        if (count > remaining()) {
            throw new GgufException(
                    "the file ends too early: " + count + " bytes wanted, " + remaining() + " left", position());
        }
    }

    private void need(int count) throws IOException {
        if (window.remaining() >= count) return;
        checkRemaining(count);
        long start = position();
        window.compact();
        while (window.position() < count) {
            if (source.read(window, start + window.position()) < 0) {
                throw new GgufException("the file became shorter while it was read", start);
            }
        }
        window.flip();
        windowStart = start;
    }
}
