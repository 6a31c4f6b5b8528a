package dev.paddock.dialect.ollama;

import dev.paddock.api.engine.CacheStatus;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.MemoryUse;
import dev.paddock.api.engine.Placement;
import dev.paddock.api.engine.Quarantined;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.scheduler.Arrival;
import dev.paddock.api.scheduler.Resident;
import dev.paddock.api.scheduler.Scheduler;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.Reply;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code GET /api/ps}. */
final class PsRoute {
    /** Clients show a date this far away as "Forever". */
    private static final Instant FOREVER = Instant.parse("2318-01-01T00:00:00Z");

    private final Scheduler scheduler;

    PsRoute(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    void answer(Call call) throws IOException {
        var who = call.identity();
        List<Map<String, Object>> models = scheduler.residents().stream()
                .filter(resident -> who.mayUse(resident.model().name()))
                .sorted(Comparator.comparing(PsRoute::expiry).reversed())
                .map(PsRoute::json)
                .toList();
        var quarantined = scheduler.quarantined().stream()
                .filter(entry -> who.mayUse(ModelName.parse(entry.model())))
                .map(PsRoute::quarantined)
                .toList();
        call.json(
                200,
                new Reply()
                        .put("models", models)
                        .some(
                                "loading",
                                scheduler.arrivals().stream()
                                        .filter(arrival ->
                                                who.mayUse(arrival.model().name()))
                                        .map(PsRoute::arrival)
                                        .toList())
                        .some("quarantined", quarantined)
                        .json());
    }

    private static Map<String, Object> quarantined(Quarantined entry) {
        return new Reply()
                .put("model", entry.model())
                .put("backends", entry.backends())
                .put("reason", entry.reason())
                .put("until", GoTime.text(entry.until()))
                .json();
    }

    private static Instant expiry(Resident resident) {
        return resident.expiresAt().orElse(FOREVER);
    }

    private static Map<String, Object> json(Resident resident) {
        String name = resident.model().name().display();
        return new Reply()
                .put("name", name)
                .put("model", name)
                .put("size", resident.facts().memoryBytes() + resident.status().vectorBytes())
                .put("digest", resident.model().digest().hex())
                .put("details", ModelJson.details(resident.model().details()).json())
                .put("expires_at", GoTime.text(expiry(resident)))
                .put("size_vram", resident.facts().gpuBytes())
                .put("context_length", resident.facts().contextLength())
                .put("paddock", runner(resident))
                .json();
    }

    /** What Ollama's clients do not know: the process behind the model and what it is doing. */
    private static Map<String, Object> runner(Resident resident) {
        return new Reply()
                .put("pid", resident.facts().pid())
                .put("backend", resident.facts().backend())
                .put("engine", resident.facts().engineVersion())
                .put("placement", placement(resident.facts().placement()))
                .put(
                        "memory",
                        resident.facts().memory().stream().map(PsRoute::memory).toList())
                .put("pinned", resident.pinned())
                .put("parallel", resident.facts().parallel())
                .put("weights_ms", resident.facts().weightsMillis())
                .put("load_ms", resident.facts().loadMillis())
                .put("leases", resident.leases())
                .put("running", resident.status().running())
                .put("waiting", resident.status().waiting())
                .put("prompt_tokens", resident.status().promptTokens())
                .put("generated_tokens", resident.status().generatedTokens())
                .put("vector_bytes", resident.status().vectorBytes())
                .put("cache", cache(resident.status().cache()))
                .some("draft", draft(resident.facts().draft()))
                .json();
    }

    private static Map<String, Object> placement(Placement placement) {
        return new Reply()
                .put("backend", placement.compute().id())
                .put("version", placement.compute().version())
                .put("devices", placement.devices())
                .put("layers", placement.gpuLayers())
                .put("host", placement.host().toString())
                .json();
    }

    private static Map<String, Object> memory(MemoryUse use) {
        return new Reply()
                .put("device", use.device())
                .put("bytes", use.bytes())
                .put("weights", use.weightBytes())
                .put("context", use.contextBytes())
                .put("compute", use.computeBytes())
                .json();
    }

    private static Map<String, Object> arrival(Arrival arrival) {
        return new Reply()
                .put("name", arrival.model().name().display())
                .put("model", arrival.model().name().display())
                .put("phase", arrival.phase().name().toLowerCase(Locale.ROOT))
                .put("progress", arrival.progress())
                .put("waiting", arrival.waiting())
                .json();
    }

    /** The model that guesses, or that would if it could; null without. */
    private static Map<String, Object> draft(LoadOrder.Draft draft) {
        if (!draft.wanted()) return null;
        return new Reply()
                .put("model", draft.model())
                .put("used", draft.weights().isPresent())
                .some("reason", draft.refusal())
                .json();
    }

    private static Map<String, Object> cache(CacheStatus cache) {
        return new Reply()
                .put("cells", cache.cells())
                .put("live", cache.live())
                .put("kept", cache.kept())
                .put("host_bytes", cache.hostBytes())
                .put("disk_bytes", cache.diskBytes())
                .put("reused", cache.reused())
                .json();
    }
}
