package dev.paddock.dialect.anthropic;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.model.StoredModel;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.ModelReference;
import dev.paddock.dialect.kit.Reply;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@code GET /v1/models}, page by page, and {@code GET /v1/models/<id>}; an id may hold slashes. */
final class ModelsRoute {
    private static final int MOST = 1000;
    private static final int USUAL = 20;

    private final ModelStore store;

    ModelsRoute(ModelStore store) {
        this.store = store;
    }

    void list(Call call) throws IOException {
        List<StoredModel> all = call.visible(store.list());
        int limit = limit(call);
        int from =
                call.query("after_id").map(id -> place(all, "after_id", id) + 1).orElse(0);
        int to = call.query("before_id").map(id -> place(all, "before_id", id)).orElse(all.size());
        boolean backwards = call.query("before_id").isPresent();
        if (backwards) from = Math.max(from, to - limit);
        List<StoredModel> page = all.subList(Math.min(from, to), Math.min(to, from + limit));
        boolean more = backwards ? from > 0 : from + page.size() < to;
        call.json(
                200,
                new Reply()
                        .put("data", page.stream().map(m -> json(id(m), m)).toList())
                        .put("has_more", more)
                        .put("first_id", page.isEmpty() ? null : id(page.getFirst()))
                        .put("last_id", page.isEmpty() ? null : id(page.getLast()))
                        .json());
    }

    void one(Call call) throws IOException {
        String id = call.rest(AnthropicApi.MODELS + "/");
        var name = ModelReference.parse(id).name();
        call.identity().requireModel(name);
        StoredModel model = store.find(name)
                .orElseThrow(() -> new PaddockException(Fault.MODEL_NOT_FOUND, "model: " + id + " is not installed"));
        call.json(200, json(id, model));
    }

    private static int limit(Call call) {
        Optional<String> asked = call.query("limit");
        if (asked.isEmpty()) return USUAL;
        boolean number = asked.get().matches("[0-9]{1,4}");
        int limit = number ? Integer.parseInt(asked.get()) : 0;
        if (limit < 1 || limit > MOST) throw invalid("limit: a whole number from 1 to " + MOST + " is expected");
        return limit;
    }

    private static int place(List<StoredModel> all, String name, String id) {
        return IntStream.range(0, all.size())
                .filter(i -> id(all.get(i)).equals(id))
                .findFirst()
                .orElseThrow(() -> invalid(name + ": no installed model is called " + id));
    }

    private static String id(StoredModel model) {
        return model.name().display();
    }

    private static Map<String, Object> json(String id, StoredModel model) {
        return new Reply()
                .put("type", "model")
                .put("id", id)
                .put("display_name", model.name().display())
                .put(
                        "created_at",
                        model.modifiedAt().truncatedTo(ChronoUnit.SECONDS).toString())
                .some("max_input_tokens", model.details().contextLength())
                .json();
    }

    private static PaddockException invalid(String message) {
        return new PaddockException(Fault.INVALID_REQUEST, message);
    }
}
