package dev.paddock.dialect.ollama;

import dev.paddock.api.inference.InferenceService;
import dev.paddock.api.model.Options;
import dev.paddock.api.scheduler.KeepAlive;
import dev.paddock.api.security.Asker;
import dev.paddock.dialect.kit.Call;
import java.io.IOException;
import java.util.Optional;

/** Answers a request without a prompt: it loads the model, or unloads it when it is to be kept for no time at all. */
record Residency(InferenceService inference, Shape shape) {
    void answer(Call call, Asker asker, String model, Options options, Optional<KeepAlive> keepAlive)
            throws IOException {
        boolean unload = keepAlive.map(k -> k.idle().isZero()).orElse(false);
        call.await(() -> unload ? inference.unload(model, asker) : inference.load(model, options, keepAlive, asker));
        call.json(200, shape.nothing(model, unload ? "unload" : "load"));
    }
}
