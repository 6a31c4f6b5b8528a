package dev.paddock.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/** A request's body as it is read, of which each piece is shown to somebody on its way. One thread. */
abstract class WatchedBody extends ServletInputStream {
    private final ServletInputStream in;

    WatchedBody(ServletInputStream in) {
        this.in = in;
    }

    /** So many bytes were read, at least one. */
    abstract void came(byte[] from, int offset, int length);

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public final int read(byte[] into, int offset, int length) throws IOException {
        int read = in.read(into, offset, length);
        if (read > 0) came(into, offset, read);
        return read;
    }

    @Override
    public int available() throws IOException {
        return in.available();
    }

    @Override
    public boolean isFinished() {
        return in.isFinished();
    }

    @Override
    public boolean isReady() {
        return in.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        in.setReadListener(listener);
    }
}
