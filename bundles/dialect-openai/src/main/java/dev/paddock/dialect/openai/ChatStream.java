package dev.paddock.dialect.openai;

import dev.paddock.api.inference.ChatEvent;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.dialect.kit.Answer;
import dev.paddock.dialect.kit.SseStream;
import java.io.IOException;
import java.util.List;

/** Sends one answer as chunks: the role in the first only, then the finish, the usage if asked for, the end mark. */
final class ChatStream {
    private final ChatJson json;
    private final SseStream events;
    private final boolean usage;
    private int calls;

    ChatStream(ChatJson json, SseStream events, boolean usage) {
        this.json = json;
        this.events = events;
        this.usage = usage;
    }

    void send(Answer answer) throws IOException {
        while (answer.hasNext()) {
            switch (answer.next()) {
                case ChatEvent.Delta(OutputPiece piece) -> events.send(json.chunk(delta(piece), null));
                case ChatEvent.Likely likely -> {}
                case ChatEvent.Done done -> finish(done);
            }
        }
    }

    private Reply delta(OutputPiece piece) {
        Reply delta = new Reply().putIf(!events.begun(), "role", "assistant");
        return switch (piece) {
            case OutputPiece.Content(String text) -> delta.put("content", text);
            case OutputPiece.Thinking(String text) -> delta.put("content", "").put("reasoning", text);
            case OutputPiece.Call(ToolCall call) ->
                delta.put("content", "").put("tool_calls", ChatJson.calls(List.of(call), calls++));
        };
    }

    private void finish(ChatEvent.Done done) throws IOException {
        if (!events.begun()) events.send(json.chunk(delta(new OutputPiece.Content("")), null));
        events.send(json.chunk(new Reply(), ChatJson.reason(done.reason(), calls > 0)));
        if (usage) events.send(json.usageChunk(done.usage()));
        events.done();
    }
}
