package dev.paddock.dialect.kit;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * An answer in pieces, each flushed at once. Nothing is sent before the first piece, so a failure before it keeps its
 * status.
 */
public abstract sealed class AnswerStream permits NdjsonStream, SseStream {
    private final HttpServletResponse response;
    private final String contentType;
    private boolean begun;

    AnswerStream(HttpServletResponse response, String contentType) {
        this.response = response;
        this.contentType = contentType;
    }

    /** Sends one JSON value. */
    public final void send(Object json) throws IOException {
        write(frame(Json.write(json)));
    }

    /** Ends a stream that had begun with an error in its own form. */
    public final void fail(Object error) throws IOException {
        send(error);
    }

    /** Whether anything was sent: then the status can no longer say what went wrong. */
    public final boolean begun() {
        return begun;
    }

    abstract String frame(String json);

    final void write(String text) throws IOException {
        if (!begun) {
            begun = true;
            response.setStatus(HttpServletResponse.SC_OK);
            response.setContentType(contentType);
            response.setHeader("Cache-Control", "no-cache");
        }
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        response.flushBuffer();
    }
}
