package dev.paddock.dialect.kit;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Server-sent events: {@code data: <json>} and an empty line. */
public final class SseStream extends AnswerStream {
    SseStream(HttpServletResponse response) {
        super(response, "text/event-stream");
    }

    /** Sends {@code data: [DONE]}, the end of a complete answer. */
    public void done() throws IOException {
        write(frame("[DONE]"));
    }

    @Override
    String frame(String json) {
        return "data: " + json + "\n\n";
    }
}
