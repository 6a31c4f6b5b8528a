package dev.paddock.dialect.gemini;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Capability;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.model.StoredModel;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.ModelReference;
import dev.paddock.dialect.kit.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code GET /v1beta/models}, page by page, and {@code GET /v1beta/models/<name>}; a name may hold slashes. */
final class ModelsRoute {
    private static final int MOST = 1000;
    private static final int USUAL = 50;

    private final ModelStore store;

    ModelsRoute(ModelStore store) {
        this.store = store;
    }

    void list(Call call) throws IOException {
        List<StoredModel> all = call.visible(store.list());
        int size = Math.min(MOST, number(call, "pageSize", USUAL));
        int from = Math.min(all.size(), number(call, "pageToken", 0));
        int to = Math.min(all.size(), from + (size == 0 ? USUAL : size));
        call.json(
                200,
                new Reply()
                        .put(
                                "models",
                                all.subList(from, to).stream()
                                        .map(ModelsRoute::json)
                                        .toList())
                        .putIf(to < all.size(), "nextPageToken", Integer.toString(to))
                        .json());
    }

    void one(Call call) throws IOException {
        String name = call.rest(GeminiApi.MODELS + "/");
        var asked = ModelReference.parse(name).name();
        call.identity().requireModel(asked);
        StoredModel model = store.find(asked)
                .orElseThrow(() -> new PaddockException(Fault.MODEL_NOT_FOUND, "model '" + name + "' not found"));
        call.json(200, json(model));
    }

    private static int number(Call call, String name, int absent) {
        String asked = call.query(name).orElse(Integer.toString(absent));
        if (asked.matches("[0-9]{1,9}")) return Integer.parseInt(asked);
        throw new PaddockException(Fault.INVALID_REQUEST, "\"" + name + "\" must be a whole number");
    }

    private static Map<String, Object> json(StoredModel model) {
        String name = model.name().display();
        long window = model.details().contextLength();
        return new Reply()
                .put("name", "models/" + name)
                .put("version", model.digest().hex().substring(0, 12))
                .put("displayName", name)
                .some("inputTokenLimit", window)
                .some("outputTokenLimit", window)
                .put("supportedGenerationMethods", methods(model))
                .putIf(model.capabilities().contains(Capability.THINKING), "thinking", true)
                .json();
    }

    private static List<String> methods(StoredModel model) {
        List<String> methods = new ArrayList<>();
        if (model.capabilities().contains(Capability.COMPLETION)) {
            methods.addAll(List.of("generateContent", "countTokens"));
        }
        methods.add("embedContent");
        return methods;
    }
}
