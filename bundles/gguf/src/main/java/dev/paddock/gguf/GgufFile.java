package dev.paddock.gguf;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The header of a GGUF file: everything but the tensor data. Immutable; the file is closed when reading returns.
 *
 * <p>Metadata values: integers are {@link Long} (unsigned 64-bit ones beyond {@code Long.MAX_VALUE} are
 * {@link java.math.BigInteger}), floats {@link Double}, then {@link Boolean}, {@link String}, {@link List} of these, or
 * {@link SkippedArray}. Lists hold their elements packed, as many bytes as in the file, and unpack one when it is asked
 * for.
 *
 * @param version 1, 2 or 3
 * @param metadata the key-values in file order
 * @param entries type and place of each of them, under the same keys
 * @param tensors descriptions in file order
 * @param alignment bytes; a power of two
 * @param dataOffset where the data section starts, bytes from the start of the file
 */
public record GgufFile(
        int version,
        Map<String, Object> metadata,
        Map<String, GgufEntry> entries,
        List<TensorInfo> tensors,
        int alignment,
        long dataOffset) {
    public GgufFile {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        tensors = List.copyOf(tensors);
    }

    /**
     * Reads a header with all its arrays.
     *
     * @throws GgufException when the file is not sound GGUF, with the position
     * @throws IOException when it cannot be read
     */
    public static GgufFile read(Path file) throws IOException {
        return read(file, Long.MAX_VALUE);
    }

    /**
     * Reads a header; arrays with more elements than the limit are checked and left out, so that a vocabulary costs
     * neither time nor memory.
     *
     * @param arrayLimit longest array to keep; longer ones become {@link SkippedArray}
     * @throws GgufException when the file is not sound GGUF, with the position
     * @throws IOException when it cannot be read
     */
    public static GgufFile read(Path file, long arrayLimit) throws IOException {
        return read(file, arrayLimit, GgufLimits.DEFAULTS);
    }

    /**
     * Reads a header as {@link #read(Path, long)} does, within limits of the caller's choice.
     *
     * @param arrayLimit longest array to keep; longer ones become {@link SkippedArray}
     * @param limits what the file may hold at most
     * @throws GgufException when the file is not sound GGUF or over a limit, with the position
     * @throws IOException when it cannot be read
     */
    public static GgufFile read(Path file, long arrayLimit, GgufLimits limits) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new GgufReader(new GgufInput(channel), arrayLimit, limits).read();
        }
    }

    /** The text under a key; empty when it is absent or no string. */
    public Optional<String> text(String key) {
        return metadata.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** The integer under a key; empty when it is absent or no integer. */
    public OptionalLong integer(String key) {
        return metadata.get(key) instanceof Long n ? OptionalLong.of(n) : OptionalLong.empty();
    }

    /** The list under a key; empty when it is absent, no array, or longer than was asked for. */
    public Optional<List<?>> list(String key) {
        return metadata.get(key) instanceof List<?> list ? Optional.of(list) : Optional.empty();
    }

    /** As what the value under a key is written; empty when it is absent. */
    public Optional<ValueType> type(String key) {
        return Optional.ofNullable(entries.get(key)).map(GgufEntry::type);
    }

    /** The tensor of that name. Looks at all; who looks for many makes a map. */
    public Optional<TensorInfo> tensor(String name) {
        return tensors.stream().filter(tensor -> tensor.name().equals(name)).findFirst();
    }

    /** The model's architecture, for example {@code llama}; empty text when the file does not say. */
    public String architecture() {
        return text("general.architecture").orElse("");
    }

    /** Looks up {@code <architecture>.<suffix>}. */
    public OptionalLong architectureInteger(String suffix) {
        return integer(architecture() + "." + suffix);
    }

    /** What most tensors are packed as, when the file says so in a number we know. */
    public Optional<FileType> fileType() {
        var id = integer("general.file_type");
        return id.isPresent() ? FileType.of(id.getAsLong()) : Optional.empty();
    }

    /** Elements of all tensors together. */
    public long parameterCount() {
        return tensors.stream().mapToLong(TensorInfo::elements).reduce(0, Math::addExact);
    }
}
