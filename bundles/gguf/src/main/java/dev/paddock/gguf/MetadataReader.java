package dev.paddock.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads strings and values of the metadata section within the limits of {@link GgufLimits}. One thread, one file. */
final class MetadataReader {
    private final GgufInput input;
    private final long arrayLimit;
    private final GgufLimits limits;
    private int version = GgufReader.NEWEST_VERSION;
    private int nestedArrays;

    MetadataReader(GgufInput input, long arrayLimit, GgufLimits limits) {
        this.input = input;
        this.arrayLimit = arrayLimit;
        this.limits = limits;
    }

    void version(int version) {
        this.version = version;
    }

    /** A count: 32 bits in version 1, 64 bits since; refused above the limit or when negative. */
    long count(String what, long limit) throws IOException {
        long at = input.position();
        long count = size();
        if (count < 0 || count > limit) throw tooLarge(what, count, limit, at);
        return count;
    }

    /** A count or length as it stands there; negative when it is beyond a long. */
    long size() throws IOException {
        return version == 1 ? input.u32() : input.i64();
    }

    private int length(String ofWhat, int limit) throws IOException {
        long at = input.position();
        long length = size();
        if (length < 0 || length > limit) throw tooLarge("the length of " + ofWhat, length, limit, at);
        checkHeader(length);
        return (int) length;
    }

    private static GgufException tooLarge(String what, long size, long limit, long at) {
        return new GgufException(what + " is " + Long.toUnsignedString(size) + ", the limit is " + limit, at);
    }

    /**
     * A key or the name of a tensor: not empty, sound UTF-8 and without NUL. C code would read any other as another name
     * than we do, or end at it.
     */
    String name(String what, int limit) throws IOException {
        long at = input.position();
        byte[] bytes = stringBytes(what, limit);
        if (bytes.length == 0) throw new GgufException(what + " is empty", at);
        boolean ascii = true;
        for (byte b : bytes) {
            if (b == 0) throw new GgufException(what + " holds a NUL", at);
            ascii &= b > 0;
        }
        return ascii ? new String(bytes, StandardCharsets.US_ASCII) : decoded(bytes, what, at);
    }

    private static String decoded(byte[] bytes, String what, long at) throws GgufException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new GgufException(what + " is not UTF-8", at);
        }
    }

    private byte[] stringBytes(String what, int limit) throws IOException {
        return input.bytes(length(what, limit));
    }

    /** The value behind its type. */
    Object value(ValueType type) throws IOException {
        return type == ValueType.ARRAY ? array(0) : scalar(type);
    }

    /** The type of an array's elements; the array is still to be read. */
    ValueType elementType() throws IOException {
        long at = input.position();
        ValueType element = type();
        input.seek(at);
        return element;
    }

    ValueType type() throws IOException {
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
            case STRING -> new String(stringBytes("a string", limits.stringBytes()), StandardCharsets.UTF_8);
            case UINT64 -> PackedNumbers.unsigned(input.i64());
            case INT64 -> input.i64();
            case FLOAT64 -> Double.longBitsToDouble(input.i64());
            case ARRAY -> throw new IllegalStateException("an array is not a scalar");
        };
    }

    private Object array(int depth) throws IOException {
        long at = input.position();
        if (depth >= limits.arrayDepth()) throw new GgufException("arrays are nested too deep", at);
        ValueType type = type();
        long count = count("the length of an array", limits.arrayElements());
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

    /** Reads lengths first and texts then, so that exactly the memory is taken that the texts need. */
    private Object strings(int count) throws IOException {
        checkHeader((long) count * lengthBytes());
        long start = input.position();
        boolean kept = count <= arrayLimit;
        int[] ends = new int[kept ? count : 0];
        int textBytes = 0;
        long left = limits.headerBytes() - start;
        for (int i = 0; i < count; i++) {
            long at = input.position();
            long length = size();
            if (length < 0 || length > limits.stringBytes()) {
                throw tooLarge("the length of a string", length, limits.stringBytes(), at);
            }
            left -= lengthBytes() + length;
            if (left < 0) throw headerTooLong();
            input.skip(length);
            textBytes += (int) length; // all of the header is shorter than an int
            if (kept) ends[i] = textBytes;
        }
        if (!kept) return new SkippedArray(ValueType.STRING, count);
        input.seek(start);
        return new PackedStrings(texts(ends, textBytes), ends);
    }

    private byte[] texts(int[] ends, int textBytes) throws IOException {
        byte[] bytes = new byte[textBytes];
        int from = 0;
        for (int end : ends) {
            input.skip(lengthBytes());
            input.bytes(bytes, from, end - from);
            from = end;
        }
        return bytes;
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
        if (input.position() + bytes > limits.headerBytes()) throw headerTooLong();
    }

    private GgufException headerTooLong() {
        return new GgufException(
                "the header is over its limit of " + limits.headerBytes() + " bytes", input.position());
    }
}
