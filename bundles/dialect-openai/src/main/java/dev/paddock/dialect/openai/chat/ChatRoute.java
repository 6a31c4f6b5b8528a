package dev.paddock.dialect.openai.chat;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.InferenceService;
import dev.paddock.api.security.Asker;
import dev.paddock.dialect.kit.Answer;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.Fields;
import java.io.IOException;
import java.time.Instant;

/** {@code POST /v1/chat/completions}. */
public final class ChatRoute {
    private final InferenceService inference;

    /** @param inference what answers */
    public ChatRoute(InferenceService inference) {
        this.inference = inference;
    }

    /** Answers one request. */
    public void answer(Call call) throws IOException {
        Fields fields =
                call.body().orElseThrow(() -> new PaddockException(Fault.INVALID_REQUEST, "missing request body"));
        ChatBody body = ChatBody.parse(fields);
        Asker asker = call.asker(fields);
        call.ignored(fields.unread());
        ChatJson json = new ChatJson(
                "chatcmpl-" + call.id(),
                Instant.now().getEpochSecond(),
                body.request().model());
        try (Answer answer = call.open(() -> inference.chat(body.request(), asker))) {
            if (body.stream()) new ChatStream(json, call.sse(), body.usage()).send(answer);
            else call.json(200, json.whole(answer.whole(), answer.notes()));
        }
    }
}
