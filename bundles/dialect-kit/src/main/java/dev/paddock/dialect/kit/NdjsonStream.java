package dev.paddock.dialect.kit;

import jakarta.servlet.http.HttpServletResponse;

/** One JSON value a line. */
public final class NdjsonStream extends AnswerStream {
    NdjsonStream(HttpServletResponse response, Runnable beforeHead) {
        super(response, "application/x-ndjson", beforeHead);
    }

    @Override
    String frame(String json) {
        return json + "\n";
    }

    /** Clients take an empty line for broken JSON, but a blank before the next value belongs to that one. */
    @Override
    String ping() {
        return " ";
    }
}
