package dev.paddock.dialect.ollama;

import dev.paddock.api.inference.ChatRequest;
import dev.paddock.api.inference.InferenceService;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.security.Asker;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.ModelReference;
import java.io.IOException;

/** {@code POST /api/chat}. */
final class ChatRoute {
    private final InferenceService inference;
    private final ModelStore store;
    private final Residency residency;

    ChatRoute(InferenceService inference, ModelStore store) {
        this.inference = inference;
        this.store = store;
        this.residency = new Residency(inference, Shape.CHAT);
    }

    void answer(Call call) throws IOException {
        Fields body = Requests.body(call);
        Requests.refuseNotYet(body);
        String asked = body.text("model").orElse("");
        if (asked.isBlank()) throw Requests.invalid("model is required");
        ModelReference reference = Cloud.local(asked);
        String model = reference.text();
        boolean stream = body.flag("stream", true);
        var attachments = new Attachments();
        ChatRequest request = new ChatRequest(
                model,
                ChatMessages.parse(body, attachments),
                ChatMessages.tools(body),
                Requests.think(body),
                Requests.form(body),
                Requests.options(body),
                Requests.keepAlive(body));
        attachments.refuse(store, reference);
        Asker asker = call.asker(body);
        call.ignored(Requests.ignored(body, request.options()));
        if (request.messages().isEmpty()) residency.answer(call, asker, model, request.options(), request.keepAlive());
        else {
            new Answering(Shape.CHAT, model, stream, false).send(call, () -> inference.chat(request, asker));
        }
    }
}
