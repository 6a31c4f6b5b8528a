package dev.paddock.gguf;

import java.io.IOException;

/**
 * Takes metadata over as the bytes of its file, so that nothing of it changes, whatever it is: only lengths of version
 * 1 become as long as those of later versions. The header was found sound before.
 */
final class EntryCopy {
    private final GgufInput input;
    private final boolean shortLengths;
    private final HeaderBuffer out = new HeaderBuffer();

    private EntryCopy(GgufInput input, int version) {
        this.input = input;
        this.shortLengths = version == 1;
    }

    /** The value of an entry as version 3 has it. */
    static HeaderBuffer of(GgufInput input, int version, GgufEntry entry) throws IOException {
        var copy = new EntryCopy(input, version);
        input.seek(entry.offset());
        if (copy.shortLengths) copy.widened(entry.type());
        else copy.out.bytes(input.bytes(Math.toIntExact(entry.bytes())));
        return copy.out;
    }

    private void widened(ValueType type) throws IOException {
        switch (type) {
            case STRING -> out.bytes(input.bytes(length()));
            case ARRAY -> {
                ValueType element = ValueType.of(input.u32()).orElseThrow();
                out.i32(element.id());
                int count = length();
                if (element.bytes() > 0) out.bytes(input.bytes(Math.multiplyExact(count, element.bytes())));
                else for (int i = 0; i < count; i++) widened(element);
            }
            default -> out.bytes(input.bytes(type.bytes()));
        }
    }

    private int length() throws IOException {
        int length = Math.toIntExact(input.u32());
        out.i64(length);
        return length;
    }
}
