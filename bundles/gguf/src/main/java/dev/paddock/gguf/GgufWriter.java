package dev.paddock.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects metadata and tensors and writes them as GGUF version 3. Tensor data is asked for while the file is written,
 * so that a file may be of any size. Not safe for several threads; the same calls give the same bytes.
 */
public final class GgufWriter {
    private record Pending(TensorInfo info, TensorData data) {}

    private final HeaderBuffer metadata = new HeaderBuffer();
    private final Set<String> keys = new HashSet<>();
    private final List<Pending> tensors = new ArrayList<>();
    private final Set<String> tensorNames = new HashSet<>();
    private int alignment = GgufReader.DEFAULT_ALIGNMENT;
    private long dataEnd;

    /** Adds a text. */
    public GgufWriter text(String key, String value) {
        return value(key, ValueType.STRING, value);
    }

    /** Adds an unsigned 32-bit number, the usual type of counts. */
    public GgufWriter uint32(String key, long value) {
        return value(key, ValueType.UINT32, value);
    }

    /** Adds a 32-bit float. */
    public GgufWriter float32(String key, double value) {
        return value(key, ValueType.FLOAT32, value);
    }

    /** Adds a truth value. */
    public GgufWriter bool(String key, boolean value) {
        return value(key, ValueType.BOOL, value);
    }

    /**
     * Places tensors at multiples of so many bytes, instead of 32, and says so in the metadata.
     *
     * @param bytes a power of two up to a mebibyte
     * @throws IllegalArgumentException for another number, or when it was said already
     * @throws IllegalStateException when there are tensors already
     */
    public GgufWriter alignment(int bytes) {
        if (bytes < 1 || bytes > GgufLimits.ALIGNMENT || Integer.bitCount(bytes) != 1) {
            throw new IllegalArgumentException("an alignment of " + bytes);
        }
        if (!tensors.isEmpty()) throw new IllegalStateException("the alignment is chosen before there are tensors");
        alignment = bytes;
        add(GgufReader.ALIGNMENT_KEY);
        metadata.i32(ValueType.UINT32.id()).i32(bytes);
        return this;
    }

    /**
     * Adds a value of any type but array: a {@link Number}, {@link Boolean} or {@link String} as the type says.
     *
     * @throws IllegalArgumentException when the key is there already or the type is {@link ValueType#ARRAY}
     */
    public GgufWriter value(String key, ValueType type, Object value) {
        key(key);
        metadata.i32(type.id()).value(type, value);
        return this;
    }

    /**
     * Adds an array of values of one type.
     *
     * @throws IllegalArgumentException when the key is there already or the elements are arrays
     */
    public GgufWriter array(String key, ValueType elementType, List<?> values) {
        key(key);
        metadata.i32(ValueType.ARRAY.id()).array(elementType, values);
        return this;
    }

    /**
     * Adds a value of any kind.
     *
     * @throws IllegalArgumentException when the key is there already
     */
    public GgufWriter put(String key, MetadataValue value) {
        return switch (value) {
            case MetadataValue.Scalar(ValueType type, Object plain) -> value(key, type, plain);
            case MetadataValue.Array(ValueType element, List<?> values) -> array(key, element, values);
        };
    }

    /** Adds a value that is encoded already. */
    GgufWriter encoded(String key, ValueType type, HeaderBuffer value) {
        key(key);
        metadata.i32(type.id()).append(value);
        return this;
    }

    /**
     * Adds a tensor behind those added before.
     *
     * @param dims extents, fastest-varying first
     * @throws IllegalArgumentException when the name is there already or rows are no whole number of blocks
     */
    public GgufWriter tensor(String name, GgmlType type, List<Long> dims, TensorData data) {
        if (!tensorNames.add(name)) throw new IllegalArgumentException("tensor added twice: " + name);
        if ((dims.isEmpty() ? 1 : dims.getFirst()) % type.blockSize() != 0) {
            throw new IllegalArgumentException(
                    name + ": rows of " + dims + " are no whole number of " + type + " blocks of " + type.blockSize());
        }
        long size = type.bytes(dims.stream().reduce(1L, Math::multiplyExact));
        tensors.add(new Pending(new TensorInfo(name, dims, type, dataEnd, size), data));
        dataEnd = Math.addExact(dataEnd, padded(size));
        return this;
    }

    /** Writes the file, replacing one that is there. */
    public void write(Path file) throws IOException {
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            write(channel);
        }
    }

    /**
     * Writes everything to a channel, which stays open.
     *
     * @throws IllegalStateException when a {@link TensorData} wrote another number of bytes than its tensor has
     */
    public void write(WritableByteChannel channel) throws IOException {
        var out = new CountingChannel(channel);
        out.write(header().content());
        for (Pending tensor : tensors) {
            long before = out.written();
            tensor.data().writeTo(out);
            long written = out.written() - before;
            long size = tensor.info().size();
            if (written != size) {
                throw new IllegalStateException(
                        tensor.info().name() + ": " + written + " bytes written, it has " + size);
            }
            out.write(ByteBuffer.allocate((int) (padded(size) - size)));
        }
    }

    private HeaderBuffer header() {
        var header = new HeaderBuffer()
                .i32(GgufReader.MAGIC)
                .i32(GgufReader.NEWEST_VERSION)
                .i64(tensors.size())
                .i64(keys.size())
                .append(metadata);
        for (Pending tensor : tensors) {
            TensorInfo info = tensor.info();
            header.string(info.name()).i32(info.dims().size());
            info.dims().forEach(header::i64);
            header.i32(info.type().id()).i64(info.offset());
        }
        return header.padTo(alignment);
    }

    private void key(String key) {
        if (key.equals(GgufReader.ALIGNMENT_KEY)) throw new IllegalArgumentException(key + " is set by alignment()");
        add(key);
    }

    private void add(String key) {
        if (key.isEmpty()) throw new IllegalArgumentException("an empty metadata key");
        if (!keys.add(key)) throw new IllegalArgumentException("metadata key added twice: " + key);
        metadata.string(key);
    }

    private long padded(long size) {
        return Math.addExact(size, alignment - 1L) / alignment * alignment;
    }
}
