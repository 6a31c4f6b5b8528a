package dev.paddock.metrics;

import dev.paddock.api.lifecycle.Drain;
import dev.paddock.api.security.Scope;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.DialectServlet;
import dev.paddock.dialect.kit.ErrorForm;
import dev.paddock.dialect.kit.Router;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code GET /api/activity}: who waits, who is answered, and the last minute; cheap enough to be asked every second. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern(ActivityApi.PATH)
public final class ActivityApi extends DialectServlet {
    static final String PATH = "/api/activity";

    private static final long serialVersionUID = 1L;
    private static final ErrorForm ERRORS = (_, message) -> Map.of("error", message);
    /** Of each list; a queue of thousands is told by its first. */
    private static final int MOST = 500;

    private final transient Activity activity;
    private final transient Router router;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    transient volatile Drain drain;

    /** Tells of what is going on there. */
    @Activate
    public ActivityApi(@Reference Activity activity) {
        super(ERRORS);
        this.activity = activity;
        this.router = new Router().on("GET", PATH, this::tell);
    }

    @Override
    protected void guard(Call call) {
        // It tells of all models.
        call.require(call.identity().models().isEmpty() ? Scope.MODELS_READ : Scope.ADMIN);
    }

    @Override
    protected void answer(Call call) throws IOException {
        router.answer(call, unknown -> unknown.json(404, ERRORS.body(404, "no such path")));
    }

    private void tell(Call call) throws IOException {
        Drain present = drain;
        List<Passage> queued = activity.inside(false);
        List<Passage> running = activity.inside(true);
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("at", Instant.now().toString());
        told.put("uptime_seconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1000);
        told.put("draining", present != null && present.draining());
        told.put("queued_count", queued.size());
        told.put("running_count", running.size());
        told.put("queued", queued.stream().limit(MOST).map(this::waits).toList());
        told.put("running", running.stream().limit(MOST).map(this::runs).toList());
        told.put("series", series(activity.minute()));
        call.header("Cache-Control", "no-store");
        call.json(200, told);
    }

    private Map<String, Object> waits(Passage passage) {
        Map<String, Object> told = named(passage);
        told.put("priority", passage.work().asker().priority());
        told.put("waiting_ms", age(passage));
        return told;
    }

    private Map<String, Object> runs(Passage passage) {
        Map<String, Object> told = named(passage);
        told.put("tokens", passage.tokens());
        told.put("prompt_tokens", passage.prompt());
        told.put("age_ms", age(passage));
        return told;
    }

    private static Map<String, Object> named(Passage passage) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("request", passage.work().asker().request());
        told.put("model", passage.work().model());
        told.put("identity", passage.work().asker().identity().name());
        return told;
    }

    private long age(Passage passage) {
        return TimeUnit.NANOSECONDS.toMillis(activity.now() - passage.since());
    }

    private static Map<String, Object> series(Activity.Minute minute) {
        Map<String, Object> series = new LinkedHashMap<>();
        series.put("interval_ms", 1000);
        series.put("tokens", minute.tokens());
        series.put("prompt_tokens", minute.prompts());
        series.put("ttft_ms", minute.firsts());
        series.put("requests", minute.requests());
        return series;
    }
}
