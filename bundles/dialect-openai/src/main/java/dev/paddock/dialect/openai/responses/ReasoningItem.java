package dev.paddock.dialect.openai.responses;

import dev.paddock.dialect.kit.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Thoughts: as the text that they are, or in place of a summary when the client asked for one, since that is what it
 * will show.
 */
final class ReasoningItem extends OutputItem {
    /**
     * How thoughts are given.
     *
     * @param summary in place of a summary
     * @param sealed also in the form that a client without memory sends back
     */
    record Form(boolean summary, boolean sealed) {}

    private final Form form;
    private final StringBuilder text = new StringBuilder();

    ReasoningItem(Place place, Form form) {
        super(place);
        this.form = form;
    }

    /** More of them. */
    void add(String more) throws IOException {
        text.append(more);
        send(
                form.summary() ? "response.reasoning_summary_text.delta" : "response.reasoning_text.delta",
                indexed().put("delta", more));
    }

    @Override
    void opened() throws IOException {
        send(
                form.summary() ? "response.reasoning_summary_part.added" : "response.content_part.added",
                indexed().put("part", part("")));
    }

    @Override
    void closing(String status) throws IOException {
        String whole = text.toString();
        if (form.summary()) {
            send("response.reasoning_summary_text.done", indexed().put("text", whole));
            send("response.reasoning_summary_part.done", indexed().put("part", part(whole)));
        } else {
            send("response.reasoning_text.done", indexed().put("text", whole));
            send("response.content_part.done", indexed().put("part", part(whole)));
        }
    }

    @Override
    Map<String, Object> json(String status) {
        return reasoning(status, List.of(part(text.toString())))
                .putIf(form.sealed(), SealedThoughts.FIELD, SealedThoughts.seal(text.toString()))
                .json();
    }

    @Override
    Map<String, Object> empty(String status) {
        return reasoning(status, List.of()).json();
    }

    private Reply reasoning(String status, List<?> parts) {
        return new Reply()
                .put("id", id())
                .put("type", "reasoning")
                .put("status", status)
                .put("summary", form.summary() ? parts : List.of())
                .putIf(!form.summary(), "content", parts);
    }

    private Reply indexed() {
        return part().put(form.summary() ? "summary_index" : "content_index", 0);
    }

    private Map<String, Object> part(String whole) {
        return new Reply()
                .put("type", form.summary() ? "summary_text" : "reasoning_text")
                .put("text", whole)
                .json();
    }
}
