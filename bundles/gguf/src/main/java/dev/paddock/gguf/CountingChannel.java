package dev.paddock.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Writes whole buffers to another channel and counts; closing it does nothing, the other has its own owner. */
final class CountingChannel implements WritableByteChannel {
    private final WritableByteChannel out;
    private long written;

    CountingChannel(WritableByteChannel out) {
        this.out = out;
    }

    long written() {
        return written;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int count = source.remaining();
        while (source.hasRemaining()) out.write(source);
        written += count;
        return count;
    }

    @Override
    public boolean isOpen() {
        return out.isOpen();
    }

    @Override
    public void close() {}
}
