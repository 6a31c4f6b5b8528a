package dev.paddock.cli.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A body in chunks. It ends with the empty chunk, and throws when the stream ends before. */
final class ChunkedInput extends InputStream {
    private static final int MAX_LINE = 4096;

    private final InputStream in;
    private long left;
    private boolean first = true;
    private boolean ended;

    ChunkedInput(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        if (!more()) return -1;
        int b = in.read();
        if (b < 0) throw cut();
        left--;
        return b;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) return 0;
        if (!more()) return -1;
        int count = in.read(into, offset, (int) Math.min(left, length));
        if (count < 0) throw cut();
        left -= count;
        return count;
    }

    private boolean more() throws IOException {
        if (left > 0) return true;
        if (ended) return false;
        if (!first) line();
        first = false;
        String size = line().replaceFirst(";.*", "").strip();
        if (!size.matches("[0-9A-Fa-f]{1,15}")) throw new NotHttpException("it sends a malformed chunk");
        left = Long.parseLong(size, 16);
        ended = left == 0;
        return !ended;
    }

    private String line() throws IOException {
        byte[] line = HttpAnswer.line(in, MAX_LINE);
        if (line == null) throw cut();
        return new String(line, StandardCharsets.ISO_8859_1);
    }

    private static EOFException cut() {
        return new EOFException("the server cut its answer short");
    }
}
