package dev.paddock.health;

import java.util.Arrays;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;
import org.osgi.service.servlet.whiteboard.Preprocessor;

/** Requests pass the edge: without it every API turns them away, which a client of a server that just starts would see. */
@Component(property = {HealthCheck.NAME + "=edge", HealthCheck.TAGS + "=ready", HealthCheck.TAGS + "=process"})
public final class EdgeCheck implements HealthCheck {
    @Reference(
            service = Preprocessor.class,
            target = "(component.name=dev.paddock.web.Edge)",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC)
    volatile ServiceReference<Preprocessor> edge;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile HttpServiceRuntime http;

    @Override
    public Result execute() {
        ServiceReference<Preprocessor> wanted = edge;
        HttpServiceRuntime runtime = http;
        return wanted != null && runtime != null && passes(runtime, wanted)
                ? new Result(Result.Status.OK, "requests are checked and counted")
                : new Result(Result.Status.TEMPORARILY_UNAVAILABLE, "the web bundle is not active");
    }

    private static boolean passes(HttpServiceRuntime runtime, ServiceReference<Preprocessor> edge) {
        long id = (Long) edge.getProperty(Constants.SERVICE_ID);
        return Arrays.stream(runtime.getRuntimeDTO().preprocessorDTOs).anyMatch(found -> found.serviceId == id);
    }
}
