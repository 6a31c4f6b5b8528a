package dev.paddock.dialect.anthropic;

import dev.paddock.api.engine.StopReason;
import dev.paddock.api.inference.ChatEvent;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.dialect.kit.Answer;
import dev.paddock.dialect.kit.Reply;
import dev.paddock.dialect.kit.SseStream;
import java.io.IOException;
import java.util.Map;

/**
 * Sends one answer as events: the message, its blocks one after the other, why it ended. What was sent of a call is never
 * taken back; when it comes to nothing other than by the limit, its text follows as a text.
 */
final class MessageStream {
    private enum Block {
        NONE,
        TEXT,
        THINKING,
        CALL
    }

    private final MessageJson json;
    private final SseStream events;
    private Block open = Block.NONE;
    private int index = -1;
    /** What was to be a call and came to nothing, while nothing has come after it; else empty. */
    private String broken = "";

    private boolean begun;
    private boolean called;

    MessageStream(MessageJson json, SseStream events) {
        this.json = json;
        this.events = events;
    }

    void send(Answer answer) throws IOException {
        while (answer.hasNext()) {
            ChatEvent event = answer.next();
            // Not before it: only then is it known how much of the prompt was cached.
            begin(answer);
            switch (event) {
                case ChatEvent.Delta(OutputPiece piece) -> {
                    sendBroken();
                    send(piece);
                }
                case ChatEvent.Likely _ -> {}
                case ChatEvent.Done done -> finish(done, answer);
            }
        }
    }

    private void begin(Answer answer) throws IOException {
        if (begun) return;
        begun = true;
        event("message_start", new Reply().put("message", json.begun(answer)));
    }

    private void send(OutputPiece piece) throws IOException {
        switch (piece) {
            case OutputPiece.Content(String text) -> text(text);
            case OutputPiece.Thinking(String text) -> {
                in(Block.THINKING, MessageJson.thinking("", ""));
                if (json.body().showsThoughts()) delta("thinking_delta", "thinking", text);
            }
            case OutputPiece.CallBegun call -> {
                close();
                in(
                        Block.CALL,
                        MessageJson.call(call.id(), call.name(), Map.of()).json());
            }
            case OutputPiece.CallArguments more -> delta("input_json_delta", "partial_json", more.json());
            case OutputPiece.Call _ -> {
                close();
                called = true;
            }
            case OutputPiece.CallBroken nothing -> broken = nothing.text();
        }
    }

    private void text(String text) throws IOException {
        in(Block.TEXT, MessageJson.text(""));
        delta("text_delta", "text", text);
    }

    private void sendBroken() throws IOException {
        if (broken.isEmpty()) return;
        close();
        text(broken);
        broken = "";
    }

    /** Opens a block unless one of its kind is open. */
    private void in(Block kind, Map<String, Object> empty) throws IOException {
        if (open == kind) return;
        close();
        open = kind;
        index++;
        event("content_block_start", new Reply().put("index", index).put("content_block", empty));
        if (index == 0) events.send("ping", Map.of("type", "ping"));
    }

    private void close() throws IOException {
        if (open == Block.NONE) return;
        if (open == Block.THINKING) delta("signature_delta", "signature", MessageJson.SIGNATURE);
        open = Block.NONE;
        event("content_block_stop", new Reply().put("index", index));
    }

    private void delta(String type, String field, String text) throws IOException {
        var delta = new Reply().put("type", type).put(field, text).json();
        event("content_block_delta", new Reply().put("index", index).put("delta", delta));
    }

    private void finish(ChatEvent.Done done, Answer answer) throws IOException {
        if (done.reason() != StopReason.LENGTH) sendBroken();
        close();
        var delta = new Reply()
                .put("stop_reason", json.reason(done, called, answer.window()))
                .put("stop_sequence", json.stop(done))
                .json();
        var extras = MessageJson.extras(done.usage(), answer.notes());
        event(
                "message_delta",
                new Reply()
                        .put("delta", delta)
                        .put("usage", MessageJson.usage(done.usage().tally()).json())
                        .putIf(!extras.isEmpty(), "paddock", extras));
        event("message_stop", new Reply());
    }

    private void event(String type, Reply fields) throws IOException {
        Reply event = new Reply().put("type", type);
        fields.json().forEach(event::put);
        events.send(type, event.json());
    }
}
