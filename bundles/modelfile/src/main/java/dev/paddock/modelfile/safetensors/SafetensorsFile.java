package dev.paddock.modelfile.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file, checked as the format wants it: eight bytes of length, so many bytes of JSON, then
 * the tensors, one behind the other without a gap. Immutable; the file is closed when reading returns.
 *
 * @param tensors by name, in the order of the header
 * @param metadata what the file says about itself
 */
public record SafetensorsFile(Map<String, StoredTensor> tensors, Map<String, String> metadata) {
    public SafetensorsFile {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /**
     * Reads and checks a header; no tensor data is touched.
     *
     * @throws SafetensorsException when the file is not sound safetensors
     * @throws IOException when it cannot be read
     */
    public static SafetensorsFile read(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            long header = headerLength(channel, size);
            var bytes = new BoundedStream(Channels.newInputStream(channel.position(Long.BYTES)), header);
            SafetensorsFile read = HeaderParser.parse(bytes, Long.BYTES + header, size);
            requireNoGaps(read, Long.BYTES + header, size);
            return read;
        }
    }

    private static long headerLength(FileChannel channel, long size) throws IOException {
        var length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (length.hasRemaining()) {
            if (channel.read(length, length.position()) < 0) {
                throw new SafetensorsException("the file has " + size + " bytes, too few for safetensors");
            }
        }
        long header = length.flip().getLong();
        if (header < 2 || header > size - Long.BYTES) {
            throw new SafetensorsException("the header would have " + Long.toUnsignedString(header)
                    + " bytes, the file has " + size + ": not safetensors, or cut off");
        }
        if (header > SafetensorsLimits.HEADER_BYTES) {
            throw new SafetensorsException(
                    "the header has " + header + " bytes, the limit is " + SafetensorsLimits.HEADER_BYTES);
        }
        return header;
    }

    /** Bytes that two tensors share, or that none has, are a sign of damage or of something hidden. */
    private static void requireNoGaps(SafetensorsFile file, long start, long end) throws SafetensorsException {
        List<StoredTensor> inOrder = new ArrayList<>(file.tensors.values());
        inOrder.sort(Comparator.comparingLong(StoredTensor::offset).thenComparingLong(StoredTensor::size));
        long expected = start;
        for (StoredTensor tensor : inOrder) {
            if (tensor.offset() != expected) {
                throw new SafetensorsException("tensor \"" + tensor.name() + "\" starts at byte " + tensor.offset()
                        + ", but the one before it ends at " + expected);
            }
            expected += tensor.size();
        }
        if (expected != end) {
            throw new SafetensorsException(
                    "the tensors end at byte " + expected + ", but the file has " + end + " bytes");
        }
    }
}
