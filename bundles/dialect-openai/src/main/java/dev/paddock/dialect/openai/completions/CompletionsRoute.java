package dev.paddock.dialect.openai.completions;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.InferenceService;
import dev.paddock.api.security.Asker;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.Choices;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.Opener;
import dev.paddock.dialect.kit.SseStream;
import dev.paddock.dialect.openai.shared.BatchRoute;
import dev.paddock.dialect.openai.shared.ChunkStream;
import dev.paddock.dialect.openai.shared.GenerationFields;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;

/** {@code POST /v1/completions}: a prompt goes to the model as it is, without a template, as OpenAI has it. */
public final class CompletionsRoute implements BatchRoute {
    private final InferenceService inference;

    /** @param inference what answers */
    public CompletionsRoute(InferenceService inference) {
        this.inference = inference;
    }

    /** Answers one request. */
    public void answer(Call call) throws IOException {
        Fields fields =
                call.body().orElseThrow(() -> new PaddockException(Fault.INVALID_REQUEST, "missing request body"));
        CompletionBody body = CompletionBody.parse(fields);
        Asker asker = call.asker(fields);
        call.ignored(fields.unread());
        if (!body.stream()) {
            call.json(200, whole(body, call, asker));
            return;
        }
        try (Choices choices = open(body, call, asker)) {
            stream(json(body, call), call.sse()).send(choices);
        }
    }

    @Override
    public Map<String, Object> whole(Fields fields, Opener opener, Asker asker) {
        CompletionBody body = CompletionBody.parse(fields);
        GenerationFields.refuseStream(body.stream());
        return whole(body, opener, asker);
    }

    private Map<String, Object> whole(CompletionBody body, Opener opener, Asker asker) {
        try (Choices choices = open(body, opener, asker)) {
            return json(body, opener).whole(choices.whole(), choices.notes());
        }
    }

    private static ChunkStream stream(CompletionJson json, SseStream events) {
        CompletionBody body = json.body();
        var chunks = IntStream.range(0, body.count())
                .mapToObj(index -> new TextChunks(index, json))
                .toList();
        return new ChunkStream(events, chunks, body.each(), body.usage(), json::usageChunk);
    }

    private Choices open(CompletionBody body, Opener opener, Asker asker) {
        return Choices.open(opener, body.calls(inference, asker), body.each());
    }

    private static CompletionJson json(CompletionBody body, Opener opener) {
        return new CompletionJson("cmpl-" + opener.id(), Instant.now().getEpochSecond(), body);
    }
}
