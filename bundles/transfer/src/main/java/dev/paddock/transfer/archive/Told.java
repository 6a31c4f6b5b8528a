package dev.paddock.transfer.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Content that tells now and then how much of it was read. */
final class Told extends FilterInputStream {
    private static final long STEP_BYTES = 16 << 20;

    private final LongConsumer told;
    private long count;
    private long next = STEP_BYTES;

    Told(InputStream content, LongConsumer told) {
        super(content);
        this.told = told;
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        counted(one < 0 ? -1 : 1);
        return one;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        return counted(super.read(buffer, offset, length));
    }

    private int counted(int got) {
        if (got <= 0) return got;
        count += got;
        if (count >= next) {
            told.accept(count);
            next = count + STEP_BYTES;
        }
        return got;
    }
}
