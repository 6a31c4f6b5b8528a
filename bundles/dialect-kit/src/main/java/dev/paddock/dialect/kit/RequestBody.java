package dev.paddock.dialect.kit;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.LongConsumer;

/** A request's body that fails once more than its limit was read, with or without a Content-Length. One thread. */
public final class RequestBody extends FilterInputStream {
    private final long limit;
    private LongConsumer told;
    private long read;

    /** @param limit most bytes */
    public RequestBody(InputStream in, long limit) {
        this(in, limit, _ -> {});
    }

    /** @param told hears how many bytes have come */
    RequestBody(InputStream in, long limit, LongConsumer told) {
        super(in);
        this.limit = limit;
        this.told = told;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value >= 0) count(1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int got = super.read(buffer, offset, length);
        if (got > 0) count(got);
        return got;
    }

    @Override
    public long skip(long n) throws IOException {
        long skipped = super.skip(n);
        count(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Reads to the end, so that the connection can be watched and used again. */
    public void drain() throws IOException {
        transferTo(OutputStream.nullOutputStream());
    }

    /** {@link #drain} for a body that nobody wants: a client that is still sending would not hear why. */
    void discard() throws IOException {
        told = _ -> {};
        if (read <= limit) drain();
    }

    /** Left open: the container owns the request's stream. */
    @Override
    public void close() {}

    private void count(long bytes) {
        read += bytes;
        if (read > limit) throw tooLarge(limit);
        told.accept(read);
    }

    /** The failure of a body over its limit. */
    public static PaddockException tooLarge(long limit) {
        return new PaddockException(Fault.TOO_LARGE, "request body is larger than the limit of " + limit + " bytes");
    }
}
