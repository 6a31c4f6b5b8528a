package dev.paddock.dialect.ollama;

import dev.paddock.api.model.ModelStore;
import dev.paddock.api.scheduler.Scheduler;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.Reply;
import java.io.IOException;

/** {@code POST /api/release}, ours: lets a model out of quarantine, so that the next request loads it again. */
final class ReleaseRoute {
    private final ModelStore store;
    private final Scheduler scheduler;

    ReleaseRoute(ModelStore store, Scheduler scheduler) {
        this.store = store;
        this.scheduler = scheduler;
    }

    void answer(Call call) throws IOException {
        Fields body = Requests.body(call);
        String asked = Requests.model(body);
        call.ignored(body.unread());
        if (asked.isBlank()) throw Requests.invalid("model is required");
        var name = Cloud.local(asked).name();
        call.identity().requireModel(name);
        var model = store.find(name).orElseThrow(() -> StoreRoutes.notFound(asked));
        boolean released = scheduler.release(model);
        call.json(
                200,
                new Reply()
                        .put("model", model.name().display())
                        .put("released", released)
                        .json());
    }
}
