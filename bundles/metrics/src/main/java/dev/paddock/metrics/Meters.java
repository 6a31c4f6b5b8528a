package dev.paddock.metrics;

import dev.paddock.api.explain.Decision;
import dev.paddock.api.explain.DecisionListener;
import dev.paddock.api.observe.Answered;
import dev.paddock.api.observe.Observer;
import dev.paddock.api.observe.Watch;
import dev.paddock.api.observe.Work;
import dev.paddock.api.settings.Defaults;
import dev.paddock.api.settings.SettingCheck;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts for Prometheus: what requests tell, and of decisions those that are events and no requests. */
@Component(
        service = {Observer.class, DecisionListener.class, Meters.class, SettingCheck.class},
        configurationPid = Meters.PID)
@Designate(ocd = Meters.Config.class)
public final class Meters implements Observer, DecisionListener, SettingCheck {
    /** Where its settings are. */
    public static final String PID = "dev.paddock.metrics";

    private static final Logger LOG = LoggerFactory.getLogger(Meters.class);
    private static final int MOST_LABELS = 10_000;
    private static final int MOST_REMEMBERED = 10_000;
    private static final double MILLIS = 1e3;
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH");

    /** How much is told apart. */
    @ObjectClassDefinition(name = "Metrics", description = "What is counted for Prometheus under /metrics")
    public @interface Config {
        @AttributeDefinition(
                name = "Label values",
                description =
                        "How many models, and how many keys, are told apart, 1 to 10000; those that come later are"
                                + " counted together as \"other\".")
        int label_values() default 100;
    }

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Families families = new Families(registry);
    private final Bounded models;
    private final Bounded keys;
    /** Which model a request went to, until its answer is counted; what never had an answer is forgotten in the end. */
    private final Map<String, String> modelOfRequest = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /** Begins at zero. */
    @Activate
    public Meters(Config config) {
        this(Defaults.read(Config.class, config, Meters::values, LOG::error).intValue());
    }

    Meters(int labelValues) {
        models = new Bounded(labelValues);
        keys = new Bounded(labelValues);
    }

    /** The settings changed: what is counted goes on being counted. */
    @Modified
    void modified(Config config) {
        try {
            int values = values(config);
            models.most(values);
            keys.most(values);
        } catch (IllegalArgumentException e) {
            LOG.error("the settings stay as they were: {}", e.getMessage());
        }
    }

    private static Integer values(Config config) {
        int values = config.label_values();
        if (values >= 1 && values <= MOST_LABELS) return values;
        throw new IllegalArgumentException(
                PID + ": label.values is " + values + "; it must be from 1 to " + MOST_LABELS);
    }

    @Override
    public void check(Map<String, Object> values) {
        Defaults.check(Config.class, values, Meters::values);
    }

    PrometheusRegistry registry() {
        return registry;
    }

    Families families() {
        return families;
    }

    String key(Work work) {
        return keys.of(work.asker().identity().name());
    }

    @Override
    public Watch begins(Work work) {
        String model = models.of(work.model());
        String request = work.asker().request();
        if (!request.isEmpty()) {
            synchronized (modelOfRequest) {
                modelOfRequest.put(request, model);
            }
        }
        return new Measure(this, work, model, System::nanoTime);
    }

    @Override
    public void answered(Answered answered) {
        String model;
        synchronized (modelOfRequest) {
            model = modelOfRequest.remove(answered.request());
        }
        String route = answered.route().isEmpty() ? Bounded.OTHER : answered.route();
        String method = METHODS.contains(answered.method()) ? answered.method() : Bounded.OTHER;
        String status = Integer.toString(answered.status());
        families.requests
                .labelValues(route, method, model == null ? "" : model, status)
                .inc();
        families.requestTime.labelValues(route).observe(answered.time().toNanos() / 1e9);
    }

    @Override
    public void decided(Decision decision) {
        String model = models.of(decision.model());
        switch (decision.kind()) {
            case LOADED -> {
                if (decision.numbers().get("loadMillis") instanceof Number millis)
                    families.loadTime.labelValues(model).observe(millis.doubleValue() / MILLIS);
            }
            case EVICTED -> families.evictions.labelValues(model).inc();
            case MOVED -> families.moves.labelValues(model).inc();
            case RESTARTED -> families.restarts.labelValues(model).inc();
            // Requests tell these themselves, or they change nothing that is counted.
            case QUEUED, GRANTED, REFUSED, PLACED, SHRUNK, KEPT, BACKEND, PROMPT -> {}
        }
    }
}
