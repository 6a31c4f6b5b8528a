package dev.paddock.dialect.ollama;

import dev.paddock.api.model.ModelStore;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.Reply;
import java.io.IOException;

/** {@code GET /api/tags}: the models that are there. */
final class TagsRoute {
    private final ModelStore store;

    TagsRoute(ModelStore store) {
        this.store = store;
    }

    void answer(Call call) throws IOException {
        call.json(
                200,
                new Reply()
                        .put(
                                "models",
                                call.visible(store.list()).stream()
                                        .map(ModelJson::tag)
                                        .toList())
                        .json());
    }
}
