package dev.paddock.cli.template;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Lines of a stream as bytes: they end with a line feed and nothing else. One thread. */
final class ByteLines {
    /** In place of a line that is too long; what is in it is passed over. */
    static final byte[] TOO_LONG = new byte[0];

    private static final int FIRST_BUFFER = 1 << 16;

    private final InputStream in;
    private final int longest;
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int from;
    private int to;
    /** No line feed stands before this. */
    private int searched;

    private boolean ended;

    /** @param longest most bytes of a line, without its end */
    ByteLines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /** Whether the next line has come already, so that nobody waits for it. */
    boolean ready() {
        return lineEnd() >= 0;
    }

    /** The next line without its end, {@link #TOO_LONG}, or null after the last; waits for it. */
    byte[] next() throws IOException {
        boolean tooLong = false;
        int end = lineEnd();
        while (end < 0 && fill()) {
            end = lineEnd();
            if (end < 0 && to - from > longest) {
                tooLong = true;
                from = to;
                searched = to;
            }
        }
        if (end < 0 && from == to && !tooLong) return null;
        byte[] line = Arrays.copyOfRange(buffer, from, end < 0 ? to : end);
        from = end < 0 ? to : end + 1;
        searched = from;
        return tooLong || line.length > longest ? TOO_LONG : line;
    }

    private int lineEnd() {
        while (searched < to) {
            if (buffer[searched] == '\n') return searched;
            searched++;
        }
        return -1;
    }

    /** Reads more; false at the end. */
    private boolean fill() throws IOException {
        if (ended) return false;
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            searched -= from;
            from = 0;
        }
        if (to == buffer.length) buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        int count = in.read(buffer, to, buffer.length - to);
        ended = count < 0;
        if (count > 0) to += count;
        return !ended;
    }
}
