package dev.paddock.shell.ssh;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** What a terminal wants: a line ends with a return of the carriage too. */
final class TerminalOutput extends FilterOutputStream {
    private int last;

    TerminalOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /** In as few writes as possible: each is a packet. */
    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
        byte[] translated = new byte[2 * length];
        int end = 0;
        for (int i = from; i < from + length; i++) {
            if (bytes[i] == '\n' && last != '\r') translated[end++] = '\r';
            translated[end++] = bytes[i];
            last = bytes[i];
        }
        out.write(translated, 0, end);
    }
}
