package dev.paddock.health;

import dev.paddock.api.engine.Backend;
import dev.paddock.api.engine.EngineService;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** There is an engine, and something for it to compute on. */
@Component(property = {HealthCheck.NAME + "=engine", HealthCheck.TAGS + "=ready"})
public final class EngineCheck implements HealthCheck {
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile EngineService engine;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    volatile List<Backend> backends = List.of();

    @Override
    public Result execute() {
        if (engine == null) return new Result(Result.Status.TEMPORARILY_UNAVAILABLE, "no engine");
        String usable = backends.stream()
                .filter(b -> !b.files().isEmpty())
                .map(b -> b.key().id())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return usable.isEmpty()
                ? new Result(Result.Status.CRITICAL, "no backend with libraries for this platform is installed")
                : new Result(Result.Status.OK, "backends " + usable);
    }
}
