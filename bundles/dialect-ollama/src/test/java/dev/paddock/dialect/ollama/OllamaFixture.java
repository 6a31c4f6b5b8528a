package dev.paddock.dialect.ollama;

import dev.paddock.api.engine.Abilities;
import dev.paddock.api.engine.CacheStatus;
import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.MemoryUse;
import dev.paddock.api.engine.Placement;
import dev.paddock.api.engine.Quarantined;
import dev.paddock.api.engine.RunnerFacts;
import dev.paddock.api.engine.RunnerStatus;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.scheduler.Arrival;
import dev.paddock.api.scheduler.DeviceMemory;
import dev.paddock.api.scheduler.Lease;
import dev.paddock.api.scheduler.LeaseRequest;
import dev.paddock.api.scheduler.Resident;
import dev.paddock.api.scheduler.Scheduler;
import dev.paddock.dialect.kit.Json;
import dev.paddock.dialect.kit.ScriptedInference;
import dev.paddock.dialect.kit.TestServer;
import dev.paddock.testkit.FakePaths;
import java.lang.annotation.Annotation;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Version;

/** The Ollama API on a real HTTP server, with scripted answers and a store in memory. */
final class OllamaFixture implements AutoCloseable {
    final ScriptedInference inference = new ScriptedInference();
    final MapStore store = new MapStore();
    final List<Resident> residents = new ArrayList<>();
    final List<Arrival> arrivals = new ArrayList<>();
    final List<Quarantined> quarantined = new ArrayList<>();
    final ScriptedTransfer transfer = new ScriptedTransfer();
    final OllamaApi api = new OllamaApi(inference, store, new Residents(), new FakePaths(), new Settings());
    final OllamaModels models = new OllamaModels(store, store.blobs, new Settings());
    final TestServer server;

    OllamaFixture() throws Exception {
        models.builder = store;
        models.transfer = transfer;
        server = new TestServer()
                .with(new OllamaRoot(), "")
                .with(new OllamaFront(new Version(1, 2, 3), "0.32.0"), "/api/*")
                .with(
                        api,
                        OllamaApi.GENERATE,
                        OllamaApi.CHAT,
                        OllamaApi.EMBED,
                        OllamaApi.EMBEDDINGS,
                        OllamaApi.TAGS,
                        OllamaApi.PS,
                        OllamaApi.RELEASE,
                        OllamaApi.SHOW)
                .with(
                        models,
                        OllamaModels.PULL,
                        OllamaModels.PUSH,
                        OllamaModels.COPY,
                        OllamaModels.CREATE,
                        OllamaModels.DELETE,
                        OllamaModels.BLOBS)
                .start();
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return server.send("POST", path, body);
    }

    static Map<String, Object> json(String text) {
        return Json.parseObject(text).orElseThrow(() -> new AssertionError("not a JSON object: " + text));
    }

    static List<Map<String, Object>> lines(HttpResponse<String> response) {
        return response.body().lines().map(OllamaFixture::json).toList();
    }

    static Resident resident(int running, long generated) {
        return resident(running, generated, LoadOrder.Draft.NONE);
    }

    static Resident resident(int running, long generated, LoadOrder.Draft draft) {
        var abilities = new Abilities(true, false, false, true, true);
        var memory = List.of(new MemoryUse(Device.HOST, 900, 90, 0), new MemoryUse("Vulkan0", 10, 0, 0));
        RunnerFacts facts = new RunnerFacts(
                77,
                "CPU (zen4)",
                "b1",
                2048,
                2048,
                512,
                512,
                1,
                2,
                320,
                64,
                abilities,
                "",
                "",
                Placement.CPU,
                memory,
                3,
                5,
                draft);
        var cache = new CacheStatus(2048, 30, 70, 4000, 5000, 600);
        var status = new RunnerStatus(running, 0, 9, generated, cache, 200);
        return new Resident(MapStore.model("tiny"), facts, status, running, Optional.empty(), false);
    }

    @Override
    public void close() {
        server.close();
    }

    private final class Residents implements Scheduler {
        @Override
        public Lease lease(LeaseRequest request) {
            throw new UnsupportedOperationException("a dialect never leases");
        }

        @Override
        public List<Arrival> arrivals() {
            return arrivals;
        }

        @Override
        public List<DeviceMemory> memory() {
            return List.of();
        }

        @Override
        public List<Resident> residents() {
            return residents;
        }

        @Override
        public List<Quarantined> quarantined() {
            return quarantined;
        }

        @Override
        public boolean release(StoredModel model) {
            return quarantined.removeIf(
                    entry -> entry.model().equals(model.name().display()));
        }

        @Override
        public boolean unload(StoredModel model) {
            throw new UnsupportedOperationException("a dialect unloads through inference");
        }
    }

    private static final class Settings implements OllamaApi.Config {
        @Override
        public String drain_timeout() {
            return "50ms";
        }

        @Override
        public long blob_limit() {
            return 1000;
        }

        @Override
        public String compatible_version() {
            return "0.32.0";
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return OllamaApi.Config.class;
        }
    }
}
