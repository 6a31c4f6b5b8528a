package dev.paddock.health;

import dev.paddock.api.lifecycle.Drain;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** New work is taken: a server that drains or stops sends whoever balances load elsewhere. */
@Component(property = {HealthCheck.NAME + "=drain", HealthCheck.TAGS + "=ready", HealthCheck.TAGS + "=process"})
public final class DrainCheck implements HealthCheck {
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile Drain drain;

    @Override
    public Result execute() {
        Drain present = drain;
        return present != null && present.draining()
                ? new Result(Result.Status.TEMPORARILY_UNAVAILABLE, "the server drains and takes no new work")
                : new Result(Result.Status.OK, "new work is taken");
    }
}
