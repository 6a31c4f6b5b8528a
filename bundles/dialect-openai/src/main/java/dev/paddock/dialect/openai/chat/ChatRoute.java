package dev.paddock.dialect.openai.chat;

import dev.paddock.api.inference.InferenceService;
import dev.paddock.api.security.Asker;
import dev.paddock.dialect.kit.Choices;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.Opener;
import dev.paddock.dialect.kit.SseStream;
import dev.paddock.dialect.openai.shared.ChunkStream;
import dev.paddock.dialect.openai.shared.GenerationRoute;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;

/** {@code POST /v1/chat/completions}. */
public final class ChatRoute extends GenerationRoute<ChatBody> {
    private final InferenceService inference;

    /** @param inference what answers */
    public ChatRoute(InferenceService inference) {
        this.inference = inference;
    }

    @Override
    protected ChatBody parse(Fields fields) {
        return ChatBody.parse(fields);
    }

    @Override
    protected boolean streams(ChatBody body) {
        return body.stream();
    }

    @Override
    protected Choices open(ChatBody body, Opener opener, Asker asker) {
        return Choices.open(opener, body.calls(inference, asker), body.choices());
    }

    @Override
    protected Map<String, Object> whole(ChatBody body, Choices choices, String id) {
        return json(body, id).whole(choices.whole(), choices.notes());
    }

    @Override
    protected ChunkStream stream(ChatBody body, SseStream events, String id) {
        ChatJson json = json(body, id);
        var chunks = IntStream.range(0, body.choices())
                .mapToObj(index -> new ChoiceChunks(index, json))
                .toList();
        return new ChunkStream(events, chunks, body.choices(), body.usage(), json::usageChunk);
    }

    private static ChatJson json(ChatBody body, String id) {
        return new ChatJson(
                "chatcmpl-" + id, Instant.now().getEpochSecond(), body.request().model());
    }
}
