package dev.paddock.runner.protocol;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes a frame's fields apart; a count is believed only as far as the frame's bytes go. */
final class FrameInput {
    private final ByteBuffer bytes;

    FrameInput(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    int number() throws ProtocolException {
        try {
            return bytes.getInt();
        } catch (BufferUnderflowException e) {
            throw truncated();
        }
    }

    long longNumber() throws ProtocolException {
        try {
            return bytes.getLong();
        } catch (BufferUnderflowException e) {
            throw truncated();
        }
    }

    float real() throws ProtocolException {
        return Float.intBitsToFloat(number());
    }

    boolean flag() throws ProtocolException {
        try {
            return bytes.get() != 0;
        } catch (BufferUnderflowException e) {
            throw truncated();
        }
    }

    String text() throws ProtocolException {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    byte[] bytes() throws ProtocolException {
        byte[] value = new byte[count(1)];
        bytes.get(value);
        return value;
    }

    List<String> texts() throws ProtocolException {
        int count = count(Integer.BYTES);
        List<String> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) values.add(text());
        return List.copyOf(values);
    }

    int[] numbers() throws ProtocolException {
        int[] values = new int[count(Integer.BYTES)];
        bytes.asIntBuffer().get(values);
        bytes.position(bytes.position() + values.length * Integer.BYTES);
        return values;
    }

    float[] reals() throws ProtocolException {
        float[] values = new float[count(Float.BYTES)];
        bytes.asFloatBuffer().get(values);
        bytes.position(bytes.position() + values.length * Float.BYTES);
        return values;
    }

    /** A count of things that take at least so many bytes each. */
    int count(int bytesEach) throws ProtocolException {
        int count = number();
        if (count < 0 || count > bytes.remaining() / bytesEach) throw truncated();
        return count;
    }

    /** One of the constants of an enum, sent as its position. */
    <E> E one(E[] constants) throws ProtocolException {
        int ordinal = number();
        if (ordinal < 0 || ordinal >= constants.length) {
            throw new ProtocolException("no constant " + ordinal + " of " + constants.length);
        }
        return constants[ordinal];
    }

    void end() throws ProtocolException {
        if (bytes.hasRemaining()) throw new ProtocolException("a message has " + bytes.remaining() + " bytes too many");
    }

    private static ProtocolException truncated() {
        return new ProtocolException("a message ends before its fields do");
    }
}
