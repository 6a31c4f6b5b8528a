package dev.paddock.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A growing little-endian buffer that knows how GGUF spells values. */
final class HeaderBuffer {
    private ByteBuffer buffer = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);

    HeaderBuffer i32(int value) {
        room(4).putInt(value);
        return this;
    }

    HeaderBuffer i64(long value) {
        room(8).putLong(value);
        return this;
    }

    HeaderBuffer string(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        room(8 + utf8.length).putLong(utf8.length).put(utf8);
        return this;
    }

    HeaderBuffer bytes(byte[] bytes) {
        room(bytes.length).put(bytes);
        return this;
    }

    HeaderBuffer value(ValueType type, Object value) {
        switch (type) {
            case UINT8, INT8 -> room(1).put(((Number) value).byteValue());
            case UINT16, INT16 -> room(2).putShort(((Number) value).shortValue());
            case UINT32, INT32 -> i32(((Number) value).intValue());
            case FLOAT32 -> room(4).putFloat(((Number) value).floatValue());
            case BOOL -> room(1).put((byte) ((Boolean) value ? 1 : 0));
            case STRING -> string((String) value);
            case UINT64, INT64 -> i64(((Number) value).longValue());
            case FLOAT64 -> room(8).putDouble(((Number) value).doubleValue());
            case ARRAY -> throw new IllegalArgumentException("arrays are written by array()");
        }
        return this;
    }

    HeaderBuffer array(ValueType elementType, List<?> values) {
        i32(elementType.id()).i64(values.size());
        for (Object value : values) value(elementType, value);
        return this;
    }

    HeaderBuffer padTo(int alignment) {
        int padding = Math.floorMod(-buffer.position(), alignment);
        room(padding).put(new byte[padding]);
        return this;
    }

    HeaderBuffer append(HeaderBuffer other) {
        ByteBuffer content = other.content();
        room(content.remaining()).put(content);
        return this;
    }

    /** What was written so far, ready to be read. */
    ByteBuffer content() {
        return buffer.duplicate().flip();
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            int capacity = Math.max(Math.addExact(buffer.position(), bytes), Math.multiplyExact(buffer.capacity(), 2));
            buffer =
                    ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN).put(buffer.flip());
        }
        return buffer;
    }
}
