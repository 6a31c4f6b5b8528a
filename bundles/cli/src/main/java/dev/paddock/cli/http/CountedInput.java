package dev.paddock.cli.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body of a known length. It ends there, and throws when the stream ends before. */
final class CountedInput extends InputStream {
    private final InputStream in;
    private long left;

    CountedInput(InputStream in, long length) {
        this.in = in;
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        if (left == 0) return -1;
        int b = in.read();
        if (b < 0) throw cut();
        left--;
        return b;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (left == 0) return length == 0 ? 0 : -1;
        int count = in.read(into, offset, (int) Math.min(left, length));
        if (count < 0) throw cut();
        left -= count;
        return count;
    }

    private EOFException cut() {
        return new EOFException("the answer was cut " + left + " bytes before its end");
    }
}
