package dev.paddock.health;

import jakarta.servlet.Servlet;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** At least one API is served. */
@Component(property = {HealthCheck.NAME + "=dialects", HealthCheck.TAGS + "=ready", HealthCheck.TAGS + "=process"})
public final class DialectCheck implements HealthCheck {
    /** The property that tells which API a servlet speaks. */
    static final String DIALECT = "dev.paddock.dialect";

    @Reference(
            service = Servlet.class,
            target = "(" + DIALECT + "=*)",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    volatile List<ServiceReference<Servlet>> dialects = List.of();

    @Override
    public Result execute() {
        String served = dialects.stream()
                .map(d -> String.valueOf(d.getProperty(DIALECT)))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return served.isEmpty()
                ? new Result(Result.Status.TEMPORARILY_UNAVAILABLE, "no API is served")
                : new Result(Result.Status.OK, served);
    }
}
