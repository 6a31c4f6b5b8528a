package dev.paddock.dialect.gemini;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.EmbedInput;
import dev.paddock.api.inference.EmbedRequest;
import dev.paddock.api.inference.InferenceService;
import dev.paddock.api.model.Options;
import dev.paddock.api.security.Asker;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.ModelReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code :embedContent} and {@code :batchEmbedContents}. */
final class EmbedRoute {
    private static final String CONTENT = "content";
    private static final String DIMENSIONS = "outputDimensionality";

    private final InferenceService inference;

    EmbedRoute(InferenceService inference) {
        this.inference = inference;
    }

    void one(Call call, String model) throws IOException {
        Fields body = GenerateRoute.fields(call);
        var request = request(model, List.of(input(body)), dimensions(body));
        call.json(200, Map.of("embedding", vectors(call, body, request).getFirst()));
    }

    void several(Call call, String model) throws IOException {
        Fields body = GenerateRoute.fields(call);
        List<Fields> requests = body.objects("requests");
        if (requests.isEmpty()) throw body.wrong("requests", "a list of at least one request");
        List<EmbedInput> inputs = new ArrayList<>();
        int dimensions = dimensions(requests.getFirst());
        for (Fields json : requests) {
            inputs.add(input(json));
            if (dimensions(json) != dimensions) {
                throw new PaddockException(
                        Fault.INVALID_REQUEST, "\"" + json.at(DIMENSIONS) + "\" must be the same in all requests");
            }
        }
        call.largeJson(200, Map.of("embeddings", vectors(call, body, request(model, inputs, dimensions))));
    }

    private static EmbedInput input(Fields json) {
        json.accept("model", "taskType", "title");
        Fields content = json.object(CONTENT).orElseThrow(() -> json.wrong(CONTENT, "an object with parts"));
        return new EmbedInput.Text(Contents.text(content));
    }

    private static int dimensions(Fields json) {
        return json.integer(DIMENSIONS, 1, Integer.MAX_VALUE).orElse(0L).intValue();
    }

    private static EmbedRequest request(String model, List<EmbedInput> inputs, int dimensions) {
        return new EmbedRequest(
                ModelReference.parse(model).text(), inputs, false, dimensions, Options.NONE, Optional.empty());
    }

    private List<Map<String, Object>> vectors(Call call, Fields body, EmbedRequest request) {
        Asker asker = call.asker(body);
        call.ignored(body.unread());
        return call.await(() -> inference.embed(request, asker)).vectors().stream()
                .map(vector -> Map.<String, Object>of("values", vector))
                .toList();
    }
}
