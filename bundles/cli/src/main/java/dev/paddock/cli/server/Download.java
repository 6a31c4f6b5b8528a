package dev.paddock.cli.server;

import dev.paddock.cli.http.HttpAnswer;
import java.io.IOException;

/** A file that is being fetched. Closing, from any thread, hangs up. */
public final class Download implements AutoCloseable {
    private final Api api;
    private final HttpAnswer answer;
    private volatile boolean closed;

    Download(Api api, HttpAnswer answer) {
        this.api = api;
        this.answer = answer;
    }

    /**
     * Reads more of it.
     *
     * @return how many bytes came; -1 at the end
     * @throws Failure when the connection broke before the end
     */
    public int read(byte[] into) {
        try {
            return answer.body().read(into);
        } catch (IOException e) {
            if (closed) throw new Failure(Failure.INTERRUPTED, "interrupted");
            throw api.broken(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            answer.close();
        } catch (IOException e) {
            throw api.broken(e);
        }
    }
}
