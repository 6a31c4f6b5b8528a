package dev.paddock.dialect.openai;

import dev.paddock.api.engine.Logprob;
import dev.paddock.api.inference.ChatEvent;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.dialect.kit.Answer;
import dev.paddock.dialect.kit.SseStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Sends one answer as chunks: the role in the first only, then the finish, the usage if asked for, the end mark. */
final class ChatStream {
    private final ChatJson json;
    private final SseStream events;
    private final boolean usage;
    private final List<Logprob> likely = new ArrayList<>();
    private int calls;

    ChatStream(ChatJson json, SseStream events, boolean usage) {
        this.json = json;
        this.events = events;
        this.usage = usage;
    }

    void send(Answer answer) throws IOException {
        while (answer.hasNext()) {
            switch (answer.next()) {
                case ChatEvent.Delta(OutputPiece.CallBegun begun) -> {}
                case ChatEvent.Delta(OutputPiece.CallArguments more) -> {}
                case ChatEvent.Delta(OutputPiece piece) -> piece(delta(piece));
                case ChatEvent.Likely(var logprobs) -> likely.addAll(logprobs);
                case ChatEvent.Done done -> finish(done);
            }
        }
    }

    private void piece(Reply delta) throws IOException {
        events.send(json.chunk(delta, likely, null).json());
        likely.clear();
    }

    private Reply delta(OutputPiece piece) {
        Reply delta = new Reply().putIf(!events.begun(), "role", "assistant");
        return switch (piece) {
            case OutputPiece.Content(String text) -> delta.put("content", text);
            case OutputPiece.Thinking(String text) -> delta.put("content", "").put("reasoning", text);
            case OutputPiece.CallBroken broken -> delta.put("content", broken.text());
            case OutputPiece.CallBegun begun -> delta;
            case OutputPiece.CallArguments more -> delta;
            case OutputPiece.Call call ->
                delta.put("content", "").put("tool_calls", ChatJson.calls(List.of(call.call()), calls++));
        };
    }

    private void finish(ChatEvent.Done done) throws IOException {
        // What was said of tokens whose text is held back comes with the next text, or here.
        if (!events.begun() || !likely.isEmpty()) piece(delta(new OutputPiece.Content("")));
        Reply last = json.chunk(new Reply(), List.of(), ChatJson.reason(done.reason(), calls > 0));
        events.send(
                last.putIf(!usage, "paddock", ChatJson.unasked(done.usage())).json());
        if (usage) events.send(json.usageChunk(done.usage()));
        events.done();
    }
}
