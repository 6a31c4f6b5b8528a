package dev.paddock.dialect.openai.chat;

import dev.paddock.api.engine.Logprob;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.inference.ChatEvent;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.dialect.kit.Answer;
import dev.paddock.dialect.kit.Reply;
import dev.paddock.dialect.kit.SseStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Sends one answer as chunks: the role in the first only, then the finish, the usage if asked for, the end mark. What
 * was sent of a call is never taken back; when it comes to nothing other than by the limit, its text is sent as content.
 */
final class ChatStream {
    private final ChatJson json;
    private final SseStream events;
    private final boolean usage;
    private final List<Logprob> likely = new ArrayList<>();
    /** What was to be a call and came to nothing, while nothing has come after it; else empty. */
    private String broken = "";

    private boolean begun;
    private boolean called;

    ChatStream(ChatJson json, SseStream events, boolean usage) {
        this.json = json;
        this.events = events;
        this.usage = usage;
    }

    void send(Answer answer) throws IOException {
        while (answer.hasNext()) {
            switch (answer.next()) {
                case ChatEvent.Delta(OutputPiece piece) -> {
                    sendBroken();
                    send(piece);
                }
                case ChatEvent.Likely(var logprobs) -> likely.addAll(logprobs);
                case ChatEvent.Done done -> finish(done, answer.notes());
            }
        }
    }

    private void send(OutputPiece piece) throws IOException {
        switch (piece) {
            case OutputPiece.Content(String text) -> chunk(delta().put("content", text));
            case OutputPiece.Thinking(String text) ->
                chunk(delta().put("content", "").put("reasoning", text));
            case OutputPiece.CallBegun(int index, String id, String name) -> call(ChatJson.call(index, id, name, ""));
            case OutputPiece.CallArguments(int index, String text) -> call(ChatJson.arguments(index, text));
            case OutputPiece.Call _ -> called = true;
            case OutputPiece.CallBroken nothing -> broken = nothing.text();
        }
    }

    private void call(Map<String, Object> call) throws IOException {
        chunk(delta().put("content", "").put("tool_calls", List.of(call)));
    }

    private void sendBroken() throws IOException {
        if (broken.isEmpty()) return;
        chunk(delta().put("content", broken));
        broken = "";
    }

    private Reply delta() {
        return new Reply().putIf(!begun, "role", "assistant");
    }

    private void chunk(Reply delta) throws IOException {
        events.send(json.chunk(delta, likely, null).json());
        likely.clear();
        begun = true;
    }

    private void finish(ChatEvent.Done done, List<String> notes) throws IOException {
        if (done.reason() != StopReason.LENGTH) sendBroken();
        // What was said of tokens whose text is held back comes with the next text, or here.
        if (!begun || !likely.isEmpty()) chunk(delta().put("content", ""));
        Reply last = json.chunk(new Reply(), List.of(), ChatJson.reason(done.reason(), called));
        var unasked = ChatJson.unasked(done.usage(), usage, notes);
        events.send(last.putIf(!unasked.isEmpty(), "paddock", unasked).json());
        if (usage) events.send(json.usageChunk(done.usage()));
        events.done();
    }
}
