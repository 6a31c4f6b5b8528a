package dev.paddock.dialect.openai.responses;

import dev.paddock.api.engine.Logprob;
import dev.paddock.dialect.kit.LogprobJson;
import dev.paddock.dialect.kit.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Text for the user: a message with one part. */
final class MessageItem extends OutputItem {
    private final StringBuilder text = new StringBuilder();
    private final List<Map<String, Object>> logprobs = new ArrayList<>();

    MessageItem(Place place) {
        super(place);
    }

    /** More of it, with how likely its tokens were when that was asked for. */
    void add(String more, List<Logprob> likely) throws IOException {
        var json = LogprobJson.of(likely, true);
        text.append(more);
        logprobs.addAll(json);
        send("response.output_text.delta", content().put("delta", more).put("logprobs", json));
    }

    @Override
    void opened() throws IOException {
        send("response.content_part.added", content().put("part", part("", List.of())));
    }

    @Override
    void closing(String status) throws IOException {
        send("response.output_text.done", content().put("text", text.toString()).put("logprobs", logprobs));
        send("response.content_part.done", content().put("part", part(text.toString(), logprobs)));
    }

    @Override
    Map<String, Object> json(String status) {
        return message(status, List.of(part(text.toString(), logprobs)));
    }

    @Override
    Map<String, Object> empty(String status) {
        return message(status, List.of());
    }

    private Map<String, Object> message(String status, List<?> content) {
        return new Reply()
                .put("id", id())
                .put("type", "message")
                .put("status", status)
                .put("role", "assistant")
                .put("content", content)
                .json();
    }

    private Reply content() {
        return part().put("content_index", 0);
    }

    private static Map<String, Object> part(String text, List<Map<String, Object>> logprobs) {
        return new Reply()
                .put("type", "output_text")
                .put("text", text)
                .put("annotations", List.of())
                .put("logprobs", List.copyOf(logprobs))
                .json();
    }
}
