package dev.paddock.dialect.kit;

import dev.paddock.api.fault.PaddockException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Server-sent events (WHATWG HTML, section 9.2): {@code data: <json>} and an empty line, with a name where an API has them. */
public final class SseStream extends AnswerStream {
    private final Form form;
    private Failing failing;

    SseStream(HttpServletResponse response, Form form, Runnable beforeHead) {
        super(response, "text/event-stream", beforeHead);
        this.form = form;
    }

    /**
     * How an API uses them.
     *
     * @param error the name of an event that is an error; empty when it has none
     * @param ping a whole event or comment that clients overlook
     */
    public record Form(String error, String ping) {
        /** Events without names, and comments as pings. */
        public static final Form PLAIN = new Form("", ": ping\n\n");
    }

    /** Ends a stream that has begun and failed: for APIs that say more than one error. */
    @FunctionalInterface
    public interface Failing {
        /** Sends what there is to be sent. */
        void fail(PaddockException failure) throws IOException;
    }

    /** From now on a failure is told by this, in place of the form's event. */
    public void onFailure(Failing ending) {
        failing = ending;
    }

    /** Sends one JSON value as an event of that name. */
    public void send(String name, Object json) throws IOException {
        write("event: " + name + "\n" + frame(Json.write(json)));
    }

    /** Sends {@code data: [DONE]}, the end of a complete answer. */
    public void done() throws IOException {
        write(frame("[DONE]"));
    }

    @Override
    void fail(Object error, PaddockException failure) throws IOException {
        if (failing != null) failing.fail(failure);
        else if (form.error().isEmpty()) send(error);
        else send(form.error(), error);
    }

    @Override
    String frame(String json) {
        return "data: " + json + "\n\n";
    }

    @Override
    String ping() {
        return form.ping();
    }
}
