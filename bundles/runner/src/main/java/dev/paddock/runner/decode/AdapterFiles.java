package dev.paddock.runner.decode;

import dev.paddock.api.engine.Adapter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Has the operating system read the files of adapters, so that loading one, which is for the decode thread to do, does
 * not wait for a disk. One thread.
 */
final class AdapterFiles {
    /** More than adapters have; some other file that was named is not read to its end. */
    static final long MOST_BYTES = 1L << 30;

    private static final int PART = 1 << 20;
    /** Files remembered. */
    private static final int MOST_FILES = 256;

    private final Set<Path> known = new HashSet<>();

    /**
     * Reads files that were not read before. One that cannot be read is told of when it is used.
     *
     * @return bytes read
     */
    long read(List<Adapter> adapters) {
        long bytes = 0;
        for (Adapter adapter : adapters) {
            if (known.size() >= MOST_FILES) known.clear();
            if (known.add(adapter.file())) bytes += read(adapter.file());
        }
        return bytes;
    }

    private static long read(Path file) {
        long bytes = 0;
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer part = ByteBuffer.allocateDirect(PART);
            while (bytes < MOST_BYTES && channel.read(part) >= 0) {
                bytes += part.position();
                part.clear();
            }
        } catch (IOException e) {
            return bytes; // whoever loads it says what is wrong with it
        }
        return bytes;
    }
}
