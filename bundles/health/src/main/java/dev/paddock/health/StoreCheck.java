package dev.paddock.health;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelStore;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The model store is there and can be read. */
@Component(property = {HealthCheck.NAME + "=store", HealthCheck.TAGS + "=ready"})
public final class StoreCheck implements HealthCheck {
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile ModelStore store;

    @Override
    public Result execute() {
        ModelStore present = store;
        if (present == null) return new Result(Result.Status.TEMPORARILY_UNAVAILABLE, "no model store");
        try {
            return new Result(Result.Status.OK, present.list().size() + " models");
        } catch (PaddockException e) {
            return new Result(Result.Status.CRITICAL, e.getMessage());
        }
    }
}
