package dev.paddock.dialect.openai.completions;

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

/** {@code POST /v1/completions}: a prompt goes to the model as it is, without a template, as OpenAI has it. */
public final class CompletionsRoute extends GenerationRoute<CompletionBody> {
    private final InferenceService inference;

    /** @param inference what answers */
    public CompletionsRoute(InferenceService inference) {
        this.inference = inference;
    }

    @Override
    protected CompletionBody parse(Fields fields) {
        return CompletionBody.parse(fields);
    }

    @Override
    protected boolean streams(CompletionBody body) {
        return body.stream();
    }

    @Override
    protected Choices open(CompletionBody body, Opener opener, Asker asker) {
        return Choices.open(opener, body.calls(inference, asker), body.each());
    }

    @Override
    protected Map<String, Object> whole(CompletionBody body, Choices choices, String id) {
        return json(body, id).whole(choices.whole(), choices.notes());
    }

    @Override
    protected ChunkStream stream(CompletionBody body, SseStream events, String id) {
        CompletionJson json = json(body, id);
        var chunks = IntStream.range(0, body.count())
                .mapToObj(index -> new TextChunks(index, json))
                .toList();
        return new ChunkStream(events, chunks, body.each(), body.usage(), json::usageChunk);
    }

    private static CompletionJson json(CompletionBody body, String id) {
        return new CompletionJson("cmpl-" + id, Instant.now().getEpochSecond(), body);
    }
}
