package dev.paddock.operator;

import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.BackendReport;
import dev.paddock.api.engine.EngineService;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.scheduler.Scheduler;
import dev.paddock.dialect.kit.Call;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the routes under {@code /api/backends} do. */
record BackendRoutes(
        EngineService engine, Scheduler scheduler, HotFolder folder, Pins pins, Probing probing, long limit) {
    static final String ROOT = "/api/backends";
    private static final Logger LOG = LoggerFactory.getLogger(BackendRoutes.class);
    private static final String PIN = "/pin";

    void list(Call call) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        List<Jar> jars = folder.backends();
        Map<String, String> pinned = pins.all();
        json.put(
                "backends",
                engine.backends().stream()
                        .map(report -> json(report, jars, pinned))
                        .toList());
        json.put("memory", scheduler.memory().stream().map(BackendJson::memory).toList());
        call.json(200, json);
    }

    void install(Call call) throws IOException {
        Jar jar;
        try (var body = call.raw(limit)) {
            jar = folder.put(body);
        }
        LOG.info("{} puts backend {} {} into {}", call.id(), jar.id(), jar.version(), jar.file());
        var report = call.await(() -> probing.await(engine, jar))
                .orElseThrow(() -> new PaddockException(
                        Fault.UNAVAILABLE,
                        "backend " + jar.id() + " " + jar.version() + " lies in " + jar.file()
                                + ", but the server has not taken it up yet; ask GET " + ROOT + " or look at the log"));
        call.json(200, json(report, List.of(jar), pins.all()));
    }

    void remove(Call call) throws IOException {
        String[] asked = call.rest(ROOT + "/").split("@", 2);
        List<Jar> found = folder.backends().stream()
                .filter(jar -> jar.id().equals(asked[0]) && (asked.length < 2 || jar.is(asked[1])))
                .toList();
        if (found.isEmpty()) throw unknown(String.join(" ", asked) + " does not lie in the directory of bundles");
        if (found.size() > 1) {
            throw wrong("there are several versions of " + asked[0] + "; name one of them: " + asked[0] + "@"
                    + found.getFirst().version());
        }
        Jar jar = found.getFirst();
        if (call.query("force").filter("true"::equals).isEmpty()) requireAnotherCpu(jar);
        folder.remove(jar);
        LOG.info("{} removed backend {} {}: {}", call.id(), jar.id(), jar.version(), jar.file());
        call.json(200, Map.of("id", jar.id(), "version", jar.version(), "removed", true));
    }

    private void requireAnotherCpu(Jar jar) {
        if (!jar.id().equals(BackendKey.CPU)) return;
        boolean another = engine.backends().stream()
                .anyMatch(report -> report.key().id().equals(BackendKey.CPU)
                        && report.usable()
                        && !jar.is(report.key().version()));
        if (!another) {
            throw wrong("this is the last CPU backend, without which no model can be loaded; install another one first,"
                    + " or add ?force=true");
        }
    }

    void pin(Call call) throws IOException {
        String id = pinned(call);
        String version = call.body()
                .flatMap(body -> body.text("version"))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> wrong("\"version\" is needed"));
        var report = engine.backends().stream()
                .filter(there -> there.key().equals(new BackendKey(id, version)))
                .findFirst()
                .orElseThrow(() -> unknown(id + " " + version + " is not installed"));
        pins.pin(id, version);
        call.json(200, json(report, folder.backends(), pins.all()));
    }

    void unpin(Call call) throws IOException {
        String id = pinned(call);
        call.json(200, Map.of("id", id, "unpinned", pins.unpin(id)));
    }

    /** Whether the path ends in {@code /pin}. */
    static boolean isPin(Call call) {
        return call.path().endsWith(PIN);
    }

    private static String pinned(Call call) {
        String rest = call.rest(ROOT + "/");
        return rest.substring(0, rest.length() - PIN.length());
    }

    private static Map<String, Object> json(BackendReport report, List<Jar> jars, Map<String, String> pinned) {
        String bundle = jars.stream()
                .filter(jar -> Probing.find(List.of(report), jar).isPresent())
                .map(jar -> jar.file().getFileName().toString())
                .findFirst()
                .orElse("");
        return BackendJson.of(
                report,
                bundle,
                report.key().version().equals(pinned.get(report.key().id())));
    }

    /** What is put there runs as this server. */
    private static PaddockException wrong(String message) {
        return new PaddockException(Fault.INVALID_REQUEST, message);
    }

    private static PaddockException unknown(String message) {
        return new PaddockException(Fault.MODEL_NOT_FOUND, "backend " + message);
    }
}
