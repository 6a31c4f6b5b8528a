package dev.paddock.health;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;
import org.osgi.service.servlet.runtime.dto.DTOConstants;
import org.osgi.service.servlet.runtime.dto.FailedServletDTO;

/**
 * No servlet is hidden behind another or failed to start. One that ranks below zero stands in for others: that they hide
 * it is what it wants.
 */
@Component(property = {HealthCheck.NAME + "=routes", HealthCheck.TAGS + "=ready", HealthCheck.TAGS + "=process"})
public final class RoutesCheck implements HealthCheck {
    private final HttpServiceRuntime http;
    private final LongPredicate standsIn;

    /** Looks at the HTTP whiteboard. */
    @Activate
    public RoutesCheck(@Reference HttpServiceRuntime http, BundleContext context) {
        this(http, service -> ranksBelowZero(context, service));
    }

    /**
     * Looks at the HTTP whiteboard.
     *
     * @param standsIn whether the servlet with this service id gives way to others by intent
     */
    RoutesCheck(HttpServiceRuntime http, LongPredicate standsIn) {
        this.http = http;
        this.standsIn = standsIn;
    }

    private static boolean ranksBelowZero(BundleContext context, long service) {
        try {
            ServiceReference<?>[] found =
                    context.getAllServiceReferences(null, "(" + Constants.SERVICE_ID + "=" + service + ")");
            return found != null
                    && found[0].getProperty(Constants.SERVICE_RANKING) instanceof Integer ranking
                    && ranking < 0;
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("a number is always a filter's value", e);
        }
    }

    @Override
    public Result execute() {
        List<String> failed = Arrays.stream(http.getRuntimeDTO().failedServletDTOs)
                .filter(servlet -> !hidden(servlet) || !standsIn.test(servlet.serviceId))
                .map(RoutesCheck::words)
                .toList();
        return failed.isEmpty()
                ? new Result(Result.Status.OK, "all servlets are reachable")
                : new Result(Result.Status.WARN, String.join("; ", failed));
    }

    private static boolean hidden(FailedServletDTO servlet) {
        return servlet.failureReason == DTOConstants.FAILURE_REASON_SHADOWED_BY_OTHER_SERVICE;
    }

    private static String words(FailedServletDTO servlet) {
        String why = hidden(servlet) ? " is hidden by another servlet" : " failed for reason " + servlet.failureReason;
        return servlet.name + " " + Arrays.toString(servlet.patterns) + why;
    }
}
