package dev.paddock.dialect.ollama;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.CompletionRequest;
import dev.paddock.api.inference.InferenceService;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.model.Options;
import dev.paddock.api.security.Asker;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.ModelReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code POST /api/generate}. */
final class GenerateRoute {
    private final InferenceService inference;
    private final ModelStore store;
    private final Residency residency;

    GenerateRoute(InferenceService inference, ModelStore store) {
        this.inference = inference;
        this.store = store;
        this.residency = new Residency(inference, Shape.GENERATE);
    }

    void answer(Call call) throws IOException {
        Fields body = Requests.body(call);
        Requests.refuseNotYet(body);
        String asked = body.text("model").orElse("");
        if (asked.isBlank()) throw new PaddockException(Fault.MODEL_NOT_FOUND, "model '' not found");
        ModelReference reference = Cloud.local(asked);
        String model = reference.text();
        boolean stream = body.flag("stream", true);
        CompletionRequest request = request(body, model);
        var attachments = new Attachments();
        attachments.read(body);
        attachments.refuse(store, reference);
        Asker asker = call.asker(body);
        call.ignored(Requests.ignored(body, request.options()));
        if (request.prompt().isEmpty()) residency.answer(call, asker, model, request.options(), request.keepAlive());
        else {
            new Answering(Shape.GENERATE, model, stream, !request.raw())
                    .send(call, () -> inference.complete(request, asker));
        }
    }

    private static CompletionRequest request(Fields body, String model) {
        boolean raw = body.flag("raw", false);
        var system = body.text("system").filter(s -> !s.isEmpty());
        List<Integer> context = context(body);
        var template = body.text("template").filter(t -> !t.isEmpty());
        String suffix = body.text("suffix").orElse("");
        if (raw && (template.isPresent() || system.isPresent() || !context.isEmpty())) {
            throw Requests.invalid("raw mode does not support template, system, or context");
        }
        if (raw && !suffix.isEmpty()) throw Requests.invalid("raw mode does not support suffix");
        Options options = Requests.options(body);
        return new CompletionRequest(
                model,
                body.text("prompt").orElse(""),
                system,
                raw,
                context,
                Requests.think(body),
                Requests.form(body),
                options,
                Requests.keepAlive(body),
                suffix,
                template);
    }

    private static List<Integer> context(Fields body) {
        List<Integer> tokens = new ArrayList<>();
        for (Object element : body.list("context")) {
            if (!(element instanceof Integer token) || token < 0) throw body.wrong("context", "a list of token ids");
            tokens.add(token);
        }
        return tokens;
    }
}
