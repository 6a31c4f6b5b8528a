package dev.paddock.cli.server;

import dev.paddock.cli.http.HttpAnswer;
import dev.paddock.cli.http.Json;
import java.io.IOException;
import java.util.Map;
import tools.jackson.core.JacksonException;

/** A streamed answer of one JSON object a line. Closing, from any thread, hangs up: the server stops computing. */
public final class Lines implements AutoCloseable {
    private final Api api;
    private final HttpAnswer answer;
    private volatile boolean closed;

    Lines(Api api, HttpAnswer answer) {
        this.api = api;
        this.answer = answer;
    }

    /**
     * The next object; null after the last.
     *
     * @throws Failure when the line is an error, is no JSON, or the connection broke
     */
    public Map<String, Object> next() {
        try {
            byte[] line = answer.line();
            while (line != null && line.length == 0) line = answer.line();
            if (line == null) return null;
            Map<String, Object> object = Json.object(line);
            String error = Api.errorText(object);
            if (!error.isEmpty()) throw new Refused(answer.status(), error);
            return object;
        } catch (IOException e) {
            if (closed) throw new Failure(Failure.INTERRUPTED, "interrupted");
            throw api.broken(e);
        } catch (JacksonException e) {
            throw new Failure("the server sent a line that is no JSON: " + e.getOriginalMessage());
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
