package dev.paddock.runner.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Builds one frame: length, type, fields. Big-endian; texts are UTF-8 with their length before them. */
final class FrameOutput {
    private ByteBuffer bytes = ByteBuffer.allocate(256);

    FrameOutput(int type) {
        bytes.putInt(0).put((byte) type);
    }

    FrameOutput number(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    FrameOutput number(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    FrameOutput number(float value) {
        room(Float.BYTES).putFloat(value);
        return this;
    }

    FrameOutput flag(boolean value) {
        room(1).put((byte) (value ? 1 : 0));
        return this;
    }

    FrameOutput text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    FrameOutput bytes(byte[] value) {
        room(Integer.BYTES + value.length).putInt(value.length).put(value);
        return this;
    }

    FrameOutput texts(List<String> values) {
        number(values.size());
        for (String value : values) text(value);
        return this;
    }

    FrameOutput numbers(int[] values) {
        room(Integer.BYTES * (values.length + 1)).putInt(values.length);
        for (int value : values) bytes.putInt(value);
        return this;
    }

    FrameOutput reals(float[] values) {
        room(Float.BYTES * (values.length + 1)).putInt(values.length);
        for (float value : values) bytes.putFloat(value);
        return this;
    }

    /** The finished frame, ready to be written. */
    ByteBuffer frame() throws ProtocolException {
        int length = bytes.position() - Integer.BYTES;
        if (length > Codec.MAX_FRAME) {
            throw new ProtocolException("a message of " + length + " bytes is over the limit of " + Codec.MAX_FRAME);
        }
        return bytes.putInt(0, length).flip();
    }

    private ByteBuffer room(int more) {
        if (bytes.remaining() < more) {
            int filled = bytes.position();
            int capacity = Math.max(filled + more, Math.multiplyExact(bytes.capacity(), 2));
            bytes = ByteBuffer.wrap(Arrays.copyOf(bytes.array(), capacity)).position(filled);
        }
        return bytes;
    }
}
