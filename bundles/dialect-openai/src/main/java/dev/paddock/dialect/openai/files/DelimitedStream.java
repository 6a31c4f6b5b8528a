package dev.paddock.dialect.openai.files;

import java.io.IOException;
import java.io.InputStream;

/** What stands before the next delimiter in a stream, as a stream: it ends there, until the delimiter is passed. One thread. */
final class DelimitedStream extends InputStream {
    private static final int WINDOW = 32 << 10;

    private final InputStream in;
    private final byte[] delimiter;
    private final byte[] window = new byte[WINDOW];
    private int start;
    private int end;
    /** Up to here the window is known to hold no delimiter. */
    private int clear;

    private boolean atDelimiter;
    private boolean ended;

    /** The stream begins as if a line had ended before it, as the first delimiter wants. */
    DelimitedStream(InputStream in, byte[] delimiter) {
        this.in = in;
        this.delimiter = delimiter;
        window[0] = '\r';
        window[1] = '\n';
        end = 2;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) return 0;
        if (clear == start) look();
        if (clear == start) return -1;
        int count = Math.min(length, clear - start);
        System.arraycopy(window, start, to, offset, count);
        start += count;
        return count;
    }

    /** Fills the window and finds out how much of it stands before a delimiter. */
    private void look() throws IOException {
        while (!atDelimiter) {
            int found = find();
            atDelimiter = found >= 0;
            clear = atDelimiter ? found : Math.max(start, end - delimiter.length + 1);
            if (clear > start || atDelimiter) return;
            if (!fill()) throw PartHeader.invalid("the form ends before its last boundary");
        }
    }

    private int find() {
        for (int at = start; at + delimiter.length <= end; at++) {
            int same = 0;
            while (same < delimiter.length && window[at + same] == delimiter[same]) same++;
            if (same == delimiter.length) return at;
        }
        return -1;
    }

    private boolean fill() throws IOException {
        System.arraycopy(window, start, window, 0, end - start);
        end -= start;
        clear -= start;
        start = 0;
        int got = ended ? -1 : in.read(window, end, window.length - end);
        ended = got < 0;
        if (!ended) end += got;
        return !ended;
    }

    /** Goes behind the delimiter at which the stream has ended. */
    void passDelimiter() {
        if (!atDelimiter) throw new IllegalStateException("not at a delimiter");
        start += delimiter.length;
        clear = start;
        atDelimiter = false;
    }

    /** The next byte, whatever stands there; -1 at the end of everything. */
    int readPastDelimiters() throws IOException {
        if (start == end && !fill()) return -1;
        int value = window[start++] & 0xff;
        clear = start;
        return value;
    }
}
