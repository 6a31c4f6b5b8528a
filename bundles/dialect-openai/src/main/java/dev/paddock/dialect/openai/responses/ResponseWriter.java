package dev.paddock.dialect.openai.responses;

import dev.paddock.api.engine.Logprob;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.inference.ChatEvent;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.dialect.kit.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes the items of a response out of the pieces of an answer and tells each step. A call that comes to nothing other
 * than by the limit is closed as incomplete and left out of the response; its text is content, so nothing is lost.
 * One thread.
 */
final class ResponseWriter {
    private final ResponsesBody body;
    private final String key;
    private final Events events;
    private final List<Map<String, Object>> output = new ArrayList<>();
    private final List<Logprob> likely = new ArrayList<>();
    private OutputItem open;
    private int begun;
    /** What was to be a call and came to nothing, while nothing has come after it; else empty. */
    private String broken = "";

    /** @param key makes the ids of the items unique */
    ResponseWriter(ResponsesBody body, String key, Events events) {
        this.body = body;
        this.key = key;
        this.events = events;
    }

    /** The items that are closed, and the open one as far as it came. */
    List<Map<String, Object>> output() {
        List<Map<String, Object>> all = new ArrayList<>(output);
        if (open != null) all.add(open.json(OutputItem.INCOMPLETE));
        return all;
    }

    /** Blocks until the answer is over; by then all items are closed. */
    ChatEvent.Done write(Answer answer) throws IOException {
        while (true) {
            switch (answer.next()) {
                case ChatEvent.Delta(OutputPiece piece) -> {
                    giveUpCall();
                    add(piece);
                }
                case ChatEvent.Likely(var logprobs) -> likely.addAll(logprobs);
                case ChatEvent.Done done -> {
                    end(done.reason());
                    return done;
                }
            }
        }
    }

    private void add(OutputPiece piece) throws IOException {
        switch (piece) {
            case OutputPiece.Content(String text) -> content(text, likely);
            case OutputPiece.Thinking(String text) -> thoughts(text);
            case OutputPiece.CallBegun call ->
                begin(new CallItem(place("fc"), call, body.tools().names().path(call.name())));
            case OutputPiece.CallArguments(int index, String json) -> call().add(json);
            case OutputPiece.Call _ -> close(OutputItem.COMPLETED);
            case OutputPiece.CallBroken(int index, String text) -> broken = text;
        }
        likely.clear();
    }

    private void content(String text, List<Logprob> logprobs) throws IOException {
        if (!(open instanceof MessageItem)) begin(new MessageItem(place("msg")));
        if (open instanceof MessageItem message) message.add(text, logprobs);
    }

    private void thoughts(String text) throws IOException {
        if (!(open instanceof ReasoningItem)) begin(new ReasoningItem(place("rs"), body.thoughts()));
        if (open instanceof ReasoningItem reasoning) reasoning.add(text);
    }

    private CallItem call() {
        if (open instanceof CallItem call) return call;
        throw new IllegalStateException("arguments without a call");
    }

    private void giveUpCall() throws IOException {
        if (broken.isEmpty()) return;
        open.close(OutputItem.INCOMPLETE);
        open = null;
        content(broken, List.of());
        broken = "";
    }

    /** An answer without anything has a message that is empty: clients look for one. */
    private void end(StopReason reason) throws IOException {
        boolean cut = reason == StopReason.LENGTH;
        if (!cut) giveUpCall();
        if (begun == 0) begin(new MessageItem(place("msg")));
        if (open instanceof MessageItem message && !likely.isEmpty()) message.add("", likely);
        close(cut ? OutputItem.INCOMPLETE : OutputItem.COMPLETED);
    }

    private OutputItem.Place place(String kind) {
        return new OutputItem.Place(kind + "_" + key + "_" + begun, begun, events);
    }

    private void begin(OutputItem item) throws IOException {
        close(OutputItem.COMPLETED);
        open = item;
        begun++;
        item.begin();
    }

    private void close(String status) throws IOException {
        if (open == null) return;
        output.add(open.close(status));
        open = null;
    }
}
