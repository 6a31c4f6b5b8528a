package dev.paddock.health;

import dev.paddock.api.scheduler.Scheduler;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The scheduler is there. */
@Component(property = {HealthCheck.NAME + "=scheduler", HealthCheck.TAGS + "=ready"})
public final class SchedulerCheck implements HealthCheck {
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile Scheduler scheduler;

    @Override
    public Result execute() {
        Scheduler present = scheduler;
        if (present == null) return new Result(Result.Status.TEMPORARILY_UNAVAILABLE, "no scheduler");
        return new Result(Result.Status.OK, present.residents().size() + " models in memory");
    }
}
