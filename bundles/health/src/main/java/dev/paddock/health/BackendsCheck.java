package dev.paddock.health;

import dev.paddock.api.engine.BackendReport;
import dev.paddock.api.engine.EngineService;
import dev.paddock.api.engine.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Which backends passed their probe; one that is refused is a warning with its remedy, since others may serve. */
@Component(property = {HealthCheck.NAME + "=backends", HealthCheck.TAGS + "=ready"})
public final class BackendsCheck implements HealthCheck {
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile EngineService engine;

    @Override
    public Result execute() {
        EngineService asked = engine;
        if (asked == null) return new Result(Result.Status.WARN, "no engine");
        return of(asked.backends());
    }

    /** What the reports of an engine mean. */
    static Result of(List<BackendReport> backends) {
        String refused = backends.stream()
                .filter(backend -> backend.refusal().isPresent())
                .map(backend -> backend.key() + " " + words(backend.refusal().orElseThrow()))
                .collect(Collectors.joining("; "));
        if (!refused.isEmpty()) return new Result(Result.Status.WARN, refused);
        String usable = backends.stream()
                .map(backend -> backend.key() + (backend.usable() ? "" : " (probing)"))
                .collect(Collectors.joining(", "));
        return new Result(Result.Status.OK, usable.isEmpty() ? "none is known yet" : usable);
    }

    private static String words(Refusal refusal) {
        String reason = refusal.reason().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return "is not used, " + reason + ": " + refusal.remedy();
    }
}
