package dev.paddock.gguf;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/** Supplies the data of one tensor when its turn comes, so that a large file needs little memory. */
@FunctionalInterface
public interface TensorData {
    /** Writes exactly the tensor's bytes; the writer checks their number. Must not close the channel. */
    void writeTo(WritableByteChannel out) throws IOException;
}
