package dev.paddock.dialect.kit;

import dev.paddock.api.fault.PaddockException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * An answer in pieces, each flushed at once. Its head goes out with the first piece, or soon without one: a failure that
 * comes quickly keeps its status, and nobody waits for the head until a long prompt is computed. Safe for many threads.
 */
public abstract sealed class AnswerStream permits JsonArrayStream, NdjsonStream, SseStream {
    private final HttpServletResponse response;
    private final String contentType;
    private final Runnable beforeHead;
    private boolean begun;
    private boolean over;
    private long lastWrite;

    AnswerStream(HttpServletResponse response, String contentType, Runnable beforeHead) {
        this.response = response;
        this.contentType = contentType;
        this.beforeHead = beforeHead;
    }

    /** Sends one JSON value. */
    public final void send(Object json) throws IOException {
        write(frame(Json.write(json)));
    }

    /**
     * Ends a stream that had begun with an error in its own form.
     *
     * @param error the failure as the API writes it
     */
    void fail(Object error, PaddockException failure) throws IOException {
        send(error);
    }

    /** Whether the head is sent: then the status can no longer say what went wrong. */
    final synchronized boolean begun() {
        return begun;
    }

    abstract String frame(String json);

    /** What tells a client that the answer is still being computed, and is no part of it. */
    abstract String ping();

    final synchronized void write(String text) throws IOException {
        begin();
        lastWrite = System.nanoTime();
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        response.flushBuffer();
    }

    private void begin() {
        if (begun) return;
        begun = true;
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType(contentType);
        response.setHeader("Cache-Control", "no-cache");
        beforeHead.run();
    }

    /**
     * Sends the head when nothing was sent yet, else a ping when nothing was sent for so long.
     *
     * @param silence in nanoseconds
     * @return when to come again, in nanoseconds from now; 0 = never
     */
    final synchronized long beat(long silence) throws IOException {
        if (over) return 0;
        long left = lastWrite + silence - System.nanoTime();
        if (!begun) {
            begin();
            lastWrite = System.nanoTime();
            response.flushBuffer();
        } else if (left <= 0) write(ping());
        else return left;
        return silence;
    }

    /** No pings from now on. */
    final synchronized void over() {
        over = true;
    }
}
