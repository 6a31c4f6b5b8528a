package dev.paddock.dialect.anthropic;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.InferenceService;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.security.Asker;
import dev.paddock.dialect.kit.Answer;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.SseStream;
import java.io.IOException;
import java.util.Map;
import java.util.function.Predicate;

/** {@code POST /v1/messages} and {@code POST /v1/messages/count_tokens}. */
final class MessagesRoute {
    private static final SseStream.Form FORM =
            new SseStream.Form("error", "event: ping\ndata: {\"type\":\"ping\"}\n\n");

    private final InferenceService inference;
    private final Predicate<ModelName> thinkers;

    /** @param thinkers the models that can think */
    MessagesRoute(InferenceService inference, Predicate<ModelName> thinkers) {
        this.inference = inference;
        this.thinkers = thinkers;
    }

    void answer(Call call) throws IOException {
        Fields fields = fields(call);
        MessagesBody body = MessagesBody.parse(fields, thinkers);
        Asker asker = call.asker(fields);
        call.ignored(fields.unread());
        MessageJson json = new MessageJson("msg_" + call.id(), body);
        try (Answer answer = call.open(() -> inference.chat(body.request(), asker))) {
            if (body.stream()) new MessageStream(json, call.sse(FORM)).send(answer);
            else call.json(200, json.whole(answer));
        }
    }

    void count(Call call) throws IOException {
        Fields fields = fields(call);
        MessagesBody body = MessagesBody.toCount(fields, thinkers);
        Asker asker = call.asker(fields);
        call.ignored(fields.unread());
        int tokens = call.await(() -> inference.countTokens(body.request(), asker));
        call.json(200, Map.of("input_tokens", tokens));
    }

    private static Fields fields(Call call) throws IOException {
        return call.body().orElseThrow(() -> new PaddockException(Fault.INVALID_REQUEST, "missing request body"));
    }
}
