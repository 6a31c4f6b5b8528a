package dev.paddock.dialect.openai.completions;

import dev.paddock.api.engine.Logprob;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.inference.ChatEvent;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.dialect.kit.Reply;
import dev.paddock.dialect.openai.shared.ChunkStream;
import java.util.ArrayList;
import java.util.List;

/** Makes the chunks of one answer out of its events: its prompt first when that is to be repeated, the reason last. */
final class TextChunks implements ChunkStream.Chunks {
    private final int index;
    private final CompletionJson json;
    private final LegacyLogprobs form;
    private final boolean asked;
    private final List<Logprob> likely = new ArrayList<>();
    private boolean begun;

    /** @param index of the answer, from 0 */
    TextChunks(int index, CompletionJson json) {
        this.index = index;
        this.json = json;
        int top = json.body().form().logprobs();
        this.asked = top >= 0;
        this.form = new LegacyLogprobs(Math.max(0, top));
    }

    @Override
    public List<Reply> of(ChatEvent event) {
        return switch (event) {
            case ChatEvent.Delta(OutputPiece.Content(String text)) -> with(text, null);
            case ChatEvent.Delta(var piece) -> throw new IllegalStateException("a text without a form has " + piece);
            case ChatEvent.Likely(var logprobs) -> {
                likely.addAll(logprobs);
                yield List.of();
            }
            case ChatEvent.Done done -> with("", done.reason());
        };
    }

    private List<Reply> with(String text, StopReason reason) {
        String beginning = begun ? "" : json.body().beginning(index);
        begun = true;
        List<Reply> chunks = new ArrayList<>();
        if (!beginning.isEmpty()) chunks.add(json.chunk(index, beginning, null, null));
        var logprobs = asked && !likely.isEmpty() ? form.json(likely) : null;
        likely.clear();
        chunks.add(json.chunk(index, text, logprobs, reason));
        return chunks;
    }
}
