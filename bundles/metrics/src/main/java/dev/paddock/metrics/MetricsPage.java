package dev.paddock.metrics;

import dev.paddock.api.lifecycle.Drain;
import dev.paddock.api.scheduler.Scheduler;
import dev.paddock.api.security.Scope;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.DialectServlet;
import dev.paddock.dialect.kit.ErrorForm;
import dev.paddock.dialect.kit.Router;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.servlet.Servlet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code GET /metrics}: all counts in Prometheus' text format. Nothing that it looks at wakes a model or starts a process. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern(MetricsPage.PATH)
public final class MetricsPage extends DialectServlet {
    static final String PATH = "/metrics";

    private static final long serialVersionUID = 1L;
    private static final ErrorForm ERRORS = (_, message) -> Map.of("error", message);

    private final transient PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.builder()
            .setIncludeCreatedTimestamps(false)
            .build();
    private final transient PrometheusRegistry counts;
    private final transient PrometheusRegistry states = new PrometheusRegistry();
    private final transient Router router;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    transient volatile Scheduler scheduler;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    transient volatile Drain drain;

    /** Shows what was counted there, and how things stand. */
    @Activate
    public MetricsPage(@Reference Meters meters, @Reference Activity activity) {
        super(ERRORS);
        this.counts = meters.registry();
        new Gauges(activity, () -> scheduler, () -> drain).register(states);
        Machine.register(states);
        this.router = new Router().on("GET", PATH, this::tell).on("HEAD", PATH, this::tell);
    }

    @Override
    protected void guard(Call call) {
        // It tells of all models.
        call.require(call.identity().models().isEmpty() ? Scope.MODELS_READ : Scope.ADMIN);
    }

    @Override
    protected void answer(Call call) throws IOException {
        router.answer(call, unknown -> unknown.text(404, "404 page not found"));
    }

    private void tell(Call call) throws IOException {
        var text = new ByteArrayOutputStream();
        writer.write(text, counts.scrape());
        writer.write(text, states.scrape());
        call.header("Cache-Control", "no-store");
        call.whole(200, writer.getContentType(), text.toByteArray());
    }
}
