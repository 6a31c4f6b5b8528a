package dev.paddock.gguf;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;

/** Carries the data of tensors from one file to another through one buffer. One thread. */
final class TensorCopy {
    private static final int BUFFER_BYTES = 1 << 20;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    /** The data of a tensor of a source file, which stays open until it is written. */
    TensorData of(FileChannel source, long offset, long size) {
        return out -> copy(source, offset, size, out);
    }

    private void copy(FileChannel source, long offset, long size, WritableByteChannel out) throws IOException {
        long done = 0;
        while (done < size) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), size - done));
            int read = source.read(buffer, offset + done);
            if (read < 0) throw new EOFException("the file became shorter while it was copied");
            out.write(buffer.flip());
            done += read;
        }
    }
}
