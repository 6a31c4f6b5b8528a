package dev.paddock.dialect.openai.chat;

import dev.paddock.api.engine.Logprob;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.inference.ChatEvent;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.dialect.kit.Reply;
import dev.paddock.dialect.openai.shared.ChunkStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes the chunks of one answer out of its events: the role in the first only, the finish in the last. What was sent of
 * a call is never taken back; when it comes to nothing other than by the limit, its text is sent as content. One thread.
 */
final class ChoiceChunks implements ChunkStream.Chunks {
    private final int index;
    private final ChatJson json;
    private final List<Logprob> likely = new ArrayList<>();
    private final List<Reply> chunks = new ArrayList<>();
    /** What was to be a call and came to nothing, while nothing has come after it; else empty. */
    private String broken = "";

    private boolean begun;
    private boolean called;

    /** @param index of the answer, from 0 */
    ChoiceChunks(int index, ChatJson json) {
        this.index = index;
        this.json = json;
    }

    @Override
    public List<Reply> of(ChatEvent event) {
        chunks.clear();
        switch (event) {
            case ChatEvent.Delta(OutputPiece piece) -> {
                addBroken();
                add(piece);
            }
            case ChatEvent.Likely(var logprobs) -> likely.addAll(logprobs);
            case ChatEvent.Done done -> finish(done.reason());
        }
        return List.copyOf(chunks);
    }

    private void add(OutputPiece piece) {
        switch (piece) {
            case OutputPiece.Content(String text) -> add(delta().put("content", text));
            case OutputPiece.Thinking(String text) ->
                add(delta().put("content", "").put("reasoning", text).put("reasoning_content", text));
            case OutputPiece.CallBegun(int call, String id, String name) -> call(ChatJson.call(call, id, name, ""));
            case OutputPiece.CallArguments(int call, String text) -> call(ChatJson.arguments(call, text));
            case OutputPiece.Call _ -> called = true;
            case OutputPiece.CallBroken nothing -> broken = nothing.text();
        }
    }

    private void call(Map<String, Object> call) {
        add(delta().put("content", "").put("tool_calls", List.of(call)));
    }

    private void addBroken() {
        if (broken.isEmpty()) return;
        add(delta().put("content", broken));
        broken = "";
    }

    private Reply delta() {
        return new Reply().putIf(!begun, "role", "assistant");
    }

    private void add(Reply delta) {
        chunks.add(json.chunk(index, delta, likely, null));
        likely.clear();
        begun = true;
    }

    private void finish(StopReason reason) {
        if (reason != StopReason.LENGTH) addBroken();
        // What was said of tokens whose text is held back comes with the next text, or here.
        if (!begun || !likely.isEmpty()) add(delta().put("content", ""));
        chunks.add(json.chunk(index, new Reply(), List.of(), ChatJson.reason(reason, called)));
    }
}
