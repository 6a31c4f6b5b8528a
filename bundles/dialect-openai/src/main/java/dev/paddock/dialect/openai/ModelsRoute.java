package dev.paddock.dialect.openai;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.model.StoredModel;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.ModelReference;
import dev.paddock.dialect.kit.Reply;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** {@code GET /v1/models} and {@code GET /v1/models/<id>}; an id may hold slashes. */
final class ModelsRoute {
    private final ModelStore store;

    ModelsRoute(ModelStore store) {
        this.store = store;
    }

    void list(Call call) throws IOException {
        List<Map<String, Object>> models = call.visible(store.list()).stream()
                .map(m -> json(m.name().display(), m))
                .toList();
        call.json(200, new Reply().put("object", "list").put("data", models).json());
    }

    void one(Call call) throws IOException {
        String id = decoded(call.path().substring("/v1/models/".length()));
        var name = ModelReference.parse(id).name();
        call.identity().requireModel(name);
        StoredModel model = store.find(name)
                .orElseThrow(() -> new PaddockException(Fault.MODEL_NOT_FOUND, "model '" + id + "' not found"));
        call.json(200, json(id, model));
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new PaddockException(Fault.INVALID_REQUEST, "invalid model name", e);
        }
    }

    private static Map<String, Object> json(String id, StoredModel model) {
        return new Reply()
                .put("id", id)
                .put("object", "model")
                .put("created", model.modifiedAt().getEpochSecond())
                .put("owned_by", model.name().namespace())
                .json();
    }
}
