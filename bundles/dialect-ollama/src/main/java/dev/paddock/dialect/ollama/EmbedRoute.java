package dev.paddock.dialect.ollama;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.EmbedInput;
import dev.paddock.api.inference.EmbedRequest;
import dev.paddock.api.inference.Embeddings;
import dev.paddock.api.inference.InferenceService;
import dev.paddock.api.security.Asker;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code POST /api/embed} and its forerunner {@code POST /api/embeddings}. */
final class EmbedRoute {
    private final InferenceService inference;

    EmbedRoute(InferenceService inference) {
        this.inference = inference;
    }

    /** Vectors of one text or of many. */
    void many(Call call) throws IOException {
        Fields body = Requests.body(call);
        List<EmbedInput> inputs = inputs(body);
        String asked = body.text("model").orElse("");
        if (asked.isBlank()) throw new PaddockException(Fault.MODEL_NOT_FOUND, "model '' not found");
        int dimensions =
                body.integer("dimensions", 0, Integer.MAX_VALUE).orElse(0L).intValue();
        EmbedRequest request = request(body, asked, inputs, body.flag("truncate", true), dimensions);
        Asker asker = call.asker(body);
        tellIgnored(call, body, request);
        Embeddings answer = inputs.isEmpty() ? load(call, asker, request) : embed(call, asker, request);
        Reply reply = new Reply().put("model", request.model());
        if (answer == null) {
            call.json(200, reply.put("embeddings", List.of()).json());
            return;
        }
        reply.put("embeddings", answer.vectors());
        reply.put("total_duration", answer.total().toNanos())
                .put("load_duration", answer.load().toNanos())
                .put("prompt_eval_count", answer.promptTokens());
        reply.some("truncated", answer.truncated());
        call.largeJson(200, reply.json());
    }

    /** The vector of one text, which is never cut. */
    void one(Call call) throws IOException {
        Fields body = Requests.body(call);
        String asked = body.text("model").orElse("");
        if (asked.isBlank()) throw Requests.invalid("model is required");
        String prompt = body.text("prompt").orElse("");
        List<EmbedInput> inputs = prompt.isEmpty() ? List.of() : List.of(new EmbedInput.Text(prompt));
        EmbedRequest request = request(body, asked, inputs, false, 0);
        Asker asker = call.asker(body);
        tellIgnored(call, body, request);
        Embeddings answer = inputs.isEmpty() ? load(call, asker, request) : embed(call, asker, request);
        Object vector = answer == null ? List.of() : answer.vectors().getFirst();
        call.json(200, new Reply().put("embedding", vector).json());
    }

    /** A text, a list of texts, or nothing at all. */
    private static List<EmbedInput> inputs(Fields body) {
        Object given = body.value("input").orElse("");
        if (given instanceof String text) return text.isEmpty() ? List.of() : List.of(new EmbedInput.Text(text));
        if (!(given instanceof List<?> elements)) throw Requests.invalid("invalid input type");
        List<EmbedInput> inputs = new ArrayList<>();
        for (Object element : elements) {
            if (!(element instanceof String text)) throw Requests.invalid("invalid input type");
            inputs.add(new EmbedInput.Text(text));
        }
        return inputs;
    }

    private static EmbedRequest request(
            Fields body, String asked, List<EmbedInput> inputs, boolean truncate, int dimensions) {
        String model = Cloud.local(asked).text();
        body.refuse("adapters"); // vectors are the base model's
        return new EmbedRequest(model, inputs, truncate, dimensions, Requests.options(body), Requests.keepAlive(body));
    }

    private static void tellIgnored(Call call, Fields body, EmbedRequest request) {
        List<String> names = new ArrayList<>(body.unread());
        request.options().unknown().forEach(option -> names.add("options." + option));
        call.ignored(names);
    }

    private Embeddings embed(Call call, Asker asker, EmbedRequest request) {
        try {
            return call.await(() -> inference.embed(request, asker));
        } catch (PaddockException e) {
            throw e.fault() == Fault.MODEL_NOT_FOUND ? notFound(request) : e;
        }
    }

    /** Without a text the model is only loaded. */
    private Embeddings load(Call call, Asker asker, EmbedRequest request) {
        try {
            call.await(() -> inference.load(request.model(), request.options(), request.keepAlive(), asker));
            return null;
        } catch (PaddockException e) {
            throw e.fault() == Fault.MODEL_NOT_FOUND ? notFound(request) : e;
        }
    }

    /** Other words than those of the other routes, which clients look for. */
    private static PaddockException notFound(EmbedRequest request) {
        return new PaddockException(
                Fault.MODEL_NOT_FOUND, "model \"" + request.model() + "\" not found, try pulling it first");
    }
}
