package dev.paddock.gguf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one header from front to back and checks that the tensors it describes lie within the file. One thread. */
final class GgufReader {
    static final int MAGIC = 0x46554747; // "GGUF" as a little-endian number
    static final int NEWEST_VERSION = 3;
    static final int DEFAULT_ALIGNMENT = 32;
    static final String ALIGNMENT_KEY = "general.alignment";

    private final GgufInput input;
    private final GgufLimits limits;
    private final MetadataReader values;
    private final Map<String, Object> metadata = new LinkedHashMap<>();
    private final Map<String, GgufEntry> entries = new LinkedHashMap<>();
    private int alignment = DEFAULT_ALIGNMENT;

    GgufReader(GgufInput input, long arrayLimit, GgufLimits limits) {
        this.input = input;
        this.limits = limits;
        this.values = new MetadataReader(input, arrayLimit, limits);
    }

    GgufFile read() throws IOException {
        int version = version();
        values.version(version);
        long tensorCount = values.count("the number of tensors", limits.tensors());
        long keyValues = values.count("the number of metadata entries", limits.keyValues());
        metadata(keyValues);
        List<TensorInfo> tensors = tensors(tensorCount);
        long dataOffset = aligned(input.position());
        checkPlaces(tensors, dataOffset);
        return new GgufFile(version, metadata, entries, tensors, alignment, dataOffset);
    }

    private int version() throws IOException {
        if (input.i32() != MAGIC) throw new GgufException("not a GGUF file: it does not begin with \"GGUF\"", 0);
        int version = input.i32();
        if (version != 0 && (version & 0xffff) == 0) {
            throw new GgufException("big-endian GGUF files are not supported", 4);
        }
        if (version < 1 || version > NEWEST_VERSION) {
            throw new GgufException(
                    "GGUF version " + Integer.toUnsignedString(version) + " is not supported, only 1 to "
                            + NEWEST_VERSION,
                    4);
        }
        return version;
    }

    private void metadata(long count) throws IOException {
        for (long i = 0; i < count; i++) {
            long at = input.position();
            String key = values.name("a metadata key", GgufLimits.KEY_BYTES);
            if (metadata.containsKey(key)) {
                throw new GgufException("duplicate metadata key \"" + shown(key) + "\"", at);
            }
            ValueType type = values.type();
            long valueAt = input.position();
            ValueType element = type == ValueType.ARRAY ? values.elementType() : type;
            Object value = values.value(type);
            metadata.put(key, value);
            entries.put(key, new GgufEntry(type, element, valueAt, input.position() - valueAt));
            if (key.equals(ALIGNMENT_KEY)) alignment = alignment(value, at);
        }
    }

    private static int alignment(Object value, long at) throws GgufException {
        if (value instanceof Long n && n > 0 && n <= GgufLimits.ALIGNMENT && Long.bitCount(n) == 1) {
            return n.intValue();
        }
        throw new GgufException(ALIGNMENT_KEY + " is no power of two up to " + GgufLimits.ALIGNMENT, at);
    }

    private List<TensorInfo> tensors(long count) throws IOException {
        List<TensorInfo> tensors = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (long i = 0; i < count; i++) {
            long at = input.position();
            TensorInfo tensor = tensor(at);
            if (!names.add(tensor.name())) {
                throw new GgufException("duplicate tensor \"" + shown(tensor.name()) + "\"", at);
            }
            tensors.add(tensor);
        }
        return tensors;
    }

    private TensorInfo tensor(long at) throws IOException {
        String name = values.name("a tensor name", GgufLimits.TENSOR_NAME_BYTES);
        List<Long> dims = dims(name);
        long typeAt = input.position();
        long typeId = input.u32();
        GgmlType type = GgmlType.of(typeId)
                .orElseThrow(() ->
                        new GgufException("tensor \"" + shown(name) + "\" has " + GgmlType.strange(typeId), typeAt));
        long offset = input.i64();
        if (offset < 0 || offset % alignment != 0) {
            throw new GgufException(
                    "tensor \"" + shown(name) + "\" lies at " + Long.toUnsignedString(offset)
                            + ", which is no multiple of the alignment " + alignment,
                    at);
        }
        return new TensorInfo(name, dims, type, offset, size(name, dims, type, at));
    }

    private List<Long> dims(String name) throws IOException {
        long at = input.position();
        long count = input.u32();
        if (count > GgufLimits.DIMENSIONS) {
            throw new GgufException(
                    "tensor \"" + shown(name) + "\" has " + count + " dimensions, the limit is "
                            + GgufLimits.DIMENSIONS,
                    at);
        }
        Long[] dims = new Long[(int) count];
        for (int i = 0; i < count; i++) {
            long extentAt = input.position();
            long extent = values.size();
            if (extent < 0) throw new GgufException("tensor \"" + shown(name) + "\" is larger than any file", extentAt);
            if (extent == 0) throw new GgufException("tensor \"" + shown(name) + "\" is empty", extentAt);
            dims[i] = extent;
        }
        return List.of(dims);
    }

    private static long size(String name, List<Long> dims, GgmlType type, long at) throws GgufException {
        long row = dims.isEmpty() ? 1 : dims.getFirst();
        if (row % type.blockSize() != 0) {
            throw new GgufException(
                    "tensor \"" + shown(name) + "\" has rows of " + row + ", which is no multiple of the "
                            + type.blockSize() + " that " + type + " packs together",
                    at);
        }
        try {
            long elements = 1;
            for (long extent : dims) elements = Math.multiplyExact(elements, extent);
            return type.bytes(elements);
        } catch (ArithmeticException e) {
            throw new GgufException("tensor \"" + shown(name) + "\" is larger than any file", at);
        }
    }

    private long aligned(long position) {
        return (position + alignment - 1) / alignment * alignment;
    }

    private void checkPlaces(List<TensorInfo> tensors, long dataOffset) throws GgufException {
        long end = 0;
        long dataBytes = Math.max(0, input.size() - dataOffset);
        for (TensorInfo tensor : tensors.stream()
                .sorted(Comparator.comparingLong(TensorInfo::offset))
                .toList()) {
            // Compared by subtraction: the sum of offset and size could overflow.
            long room = dataBytes - tensor.offset();
            if (room < tensor.size()) {
                throw new GgufException(
                        "the file ends too early: tensor \"" + shown(tensor.name()) + "\" needs " + tensor.size()
                                + " bytes, " + Math.max(0, room) + " are there",
                        input.size());
            }
            if (tensor.offset() < end) {
                throw new GgufException(
                        "tensor \"" + shown(tensor.name()) + "\" overlaps another", dataOffset + tensor.offset());
            }
            end = tensor.offset() + tensor.size();
        }
    }

    /** A name from the file as it may stand in a message: bounded, without control characters. */
    private static String shown(String name) {
        String shorter = name.length() > 80 ? name.substring(0, 80) + "…" : name;
        return shorter.replaceAll("\\p{Cntrl}", "?");
    }
}
