package dev.paddock.dialect.kit;

import dev.paddock.api.fault.PaddockException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** One JSON list that grows: each of its values is sent as soon as it is there. */
public final class JsonArrayStream extends AnswerStream {
    private boolean any;

    JsonArrayStream(HttpServletResponse response, Runnable beforeHead) {
        super(response, "application/json; charset=utf-8", beforeHead);
    }

    /** Closes the list, which is the end of a complete answer. */
    public void end() throws IOException {
        write(any ? "]\n" : "[]\n");
    }

    /** The error is the last value: what came before can be read. */
    @Override
    void fail(Object error, PaddockException failure) throws IOException {
        send(error);
        end();
    }

    @Override
    String frame(String json) {
        String before = any ? ",\n" : "[";
        any = true;
        return before + json;
    }

    @Override
    String ping() {
        return "\n";
    }
}
