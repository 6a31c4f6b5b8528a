package dev.paddock.health;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.store.Housekeeper;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The model store is there and can be read. Steps of its housekeeping that failed and damaged models are warnings: the
 * others serve.
 */
@Component(property = {HealthCheck.NAME + "=store", HealthCheck.TAGS + "=ready"})
public final class StoreCheck implements HealthCheck {
    private static final int MOST_NAMED = 5;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile ModelStore store;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile Housekeeper housekeeper;

    @Override
    public Result execute() {
        ModelStore present = store;
        if (present == null) return new Result(Result.Status.TEMPORARILY_UNAVAILABLE, "no model store");
        try {
            var models = present.list();
            List<String> warnings = new ArrayList<>(failures(housekeeper));
            models.stream()
                    .filter(m -> !m.damage().isEmpty())
                    .limit(MOST_NAMED)
                    .forEach(m -> warnings.add(m.name().display() + " is damaged: " + m.damage()));
            long damaged = models.stream().filter(m -> !m.damage().isEmpty()).count();
            if (damaged > MOST_NAMED) warnings.add(damaged + " models are damaged in all");
            if (warnings.isEmpty()) return new Result(Result.Status.OK, models.size() + " models");
            return new Result(Result.Status.WARN, models.size() + " models; " + String.join("; ", warnings));
        } catch (PaddockException e) {
            return new Result(Result.Status.CRITICAL, e.getMessage());
        }
    }

    private static List<String> failures(Housekeeper present) {
        if (present == null) return List.of();
        return present.steps().stream()
                .filter(step -> step.state() == Housekeeper.Step.State.FAILED)
                .map(step -> "housekeeping, " + step.name() + ": " + step.outcome())
                .toList();
    }
}
