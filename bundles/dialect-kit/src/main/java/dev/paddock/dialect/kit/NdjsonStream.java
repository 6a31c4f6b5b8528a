package dev.paddock.dialect.kit;

import jakarta.servlet.http.HttpServletResponse;

/** One JSON value a line. */
public final class NdjsonStream extends AnswerStream {
    NdjsonStream(HttpServletResponse response) {
        super(response, "application/x-ndjson");
    }

    @Override
    String frame(String json) {
        return json + "\n";
    }
}
