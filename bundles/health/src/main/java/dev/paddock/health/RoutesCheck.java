package dev.paddock.health;

import java.util.Arrays;
import java.util.List;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;
import org.osgi.service.servlet.runtime.dto.DTOConstants;
import org.osgi.service.servlet.runtime.dto.FailedServletDTO;

/** No servlet is hidden behind another or failed to start. */
@Component(property = {HealthCheck.NAME + "=routes", HealthCheck.TAGS + "=ready"})
public final class RoutesCheck implements HealthCheck {
    private final HttpServiceRuntime http;

    /** Looks at the HTTP whiteboard. */
    @Activate
    public RoutesCheck(@Reference HttpServiceRuntime http) {
        this.http = http;
    }

    @Override
    public Result execute() {
        List<String> failed = Arrays.stream(http.getRuntimeDTO().failedServletDTOs)
                .map(RoutesCheck::words)
                .toList();
        return failed.isEmpty()
                ? new Result(Result.Status.OK, "all servlets are reachable")
                : new Result(Result.Status.WARN, String.join("; ", failed));
    }

    private static String words(FailedServletDTO servlet) {
        String why = servlet.failureReason == DTOConstants.FAILURE_REASON_SHADOWED_BY_OTHER_SERVICE
                ? " is hidden by another servlet"
                : " failed for reason " + servlet.failureReason;
        return servlet.name + " " + Arrays.toString(servlet.patterns) + why;
    }
}
