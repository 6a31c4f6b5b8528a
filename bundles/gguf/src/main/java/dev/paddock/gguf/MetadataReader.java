package dev.paddock.gguf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads strings and values of the metadata section within the limits of {@link GgufLimits}. One thread, one file. */
final class MetadataReader {
    private final GgufInput input;
    private final long arrayLimit;
    private int version = GgufReader.NEWEST_VERSION;
    private int nestedArrays;

    MetadataReader(GgufInput input, long arrayLimit) {
        this.input = input;
        this.arrayLimit = arrayLimit;
    }

    void version(int version) {
        this.version = version;
    }

    /** A count or length: 32 bits in version 1, 64 bits since; refused above the limit or when negative. */
    long count(String what, long limit) throws IOException {
        long at = input.position();
        long count = version == 1 ? input.u32() : input.i64();
        if (count < 0 || count > limit) {
            throw new GgufException(what + " is " + Long.toUnsignedString(count) + ", the limit is " + limit, at);
        }
        return count;
    }

    String string(String what, int limit) throws IOException {
        return new String(stringBytes(what, limit), StandardCharsets.UTF_8);
    }

    private byte[] stringBytes(String what, int limit) throws IOException {
        int length = (int) count("the length of " + what, limit);
        checkHeader(length);
        return input.bytes(length);
    }

    Object value() throws IOException {
        ValueType type = valueType();
        return type == ValueType.ARRAY ? array(0) : scalar(type);
    }

    private ValueType valueType() throws IOException {
        long at = input.position();
        long id = input.u32();
        return ValueType.of(id).orElseThrow(() -> new GgufException("unknown metadata value type " + id, at));
    }

    private Object scalar(ValueType type) throws IOException {
        return switch (type) {
            case UINT8 -> (long) input.u8();
            case INT8 -> (long) (byte) input.u8();
            case UINT16 -> (long) (input.i16() & 0xffff);
            case INT16 -> (long) input.i16();
            case UINT32 -> input.u32();
            case INT32 -> (long) input.i32();
            case FLOAT32 -> (double) Float.intBitsToFloat(input.i32());
            case BOOL -> input.u8() != 0;
            case STRING -> string("a string", GgufLimits.STRING_BYTES);
            case UINT64 -> PackedNumbers.unsigned(input.i64());
            case INT64 -> input.i64();
            case FLOAT64 -> Double.longBitsToDouble(input.i64());
            case ARRAY -> throw new IllegalStateException("an array is not a scalar");
        };
    }

    private Object array(int depth) throws IOException {
        long at = input.position();
        if (depth >= GgufLimits.ARRAY_DEPTH) throw new GgufException("arrays are nested too deep", at);
        ValueType type = valueType();
        long count = count("the length of an array", GgufLimits.ARRAY_ELEMENTS);
        return switch (type) {
            case STRING -> strings((int) count);
            case ARRAY -> arrays((int) count, depth);
            default -> numbers(type, count);
        };
    }

    private Object numbers(ValueType type, long count) throws IOException {
        long bytes = count * type.bytes();
        checkHeader(bytes);
        if (count <= arrayLimit) return new PackedNumbers(type, input.bytes((int) bytes));
        input.skip(bytes);
        return new SkippedArray(type, count);
    }

    private Object strings(int count) throws IOException {
        checkHeader((long) count * lengthBytes());
        if (count > arrayLimit) {
            for (int i = 0; i < count; i++) {
                long length = count("the length of a string", GgufLimits.STRING_BYTES);
                checkHeader(length);
                input.skip(length);
            }
            return new SkippedArray(ValueType.STRING, count);
        }
        var collector = new PackedStrings.Collector(count);
        for (int i = 0; i < count; i++) collector.add(stringBytes("a string", GgufLimits.STRING_BYTES));
        return collector.strings();
    }

    private Object arrays(int count, int depth) throws IOException {
        nestedArrays += count;
        if (nestedArrays > GgufLimits.NESTED_ARRAYS) {
            throw new GgufException("more than " + GgufLimits.NESTED_ARRAYS + " nested arrays", input.position());
        }
        List<Object> lists = new ArrayList<>();
        for (int i = 0; i < count; i++) lists.add(array(depth + 1));
        return count > arrayLimit ? new SkippedArray(ValueType.ARRAY, count) : List.copyOf(lists);
    }

    private int lengthBytes() {
        return version == 1 ? 4 : 8;
    }

    /** Refuses what the rest of the file, or of the allowance for all metadata, cannot hold. */
    private void checkHeader(long bytes) throws GgufException {
        input.checkRemaining(bytes);
        if (input.position() + bytes > GgufLimits.HEADER_BYTES) {
            throw new GgufException(
                    "the header is over its limit of " + GgufLimits.HEADER_BYTES + " bytes", input.position());
        }
    }
}
