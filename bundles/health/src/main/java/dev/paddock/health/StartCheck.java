package dev.paddock.health;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** All bundles have been started: HTTP answers before they have. */
@Component(property = {HealthCheck.NAME + "=start", HealthCheck.TAGS + "=ready", HealthCheck.TAGS + "=process"})
public final class StartCheck implements HealthCheck {
    private final FrameworkStartLevel level;
    private final int wanted;

    /** The framework's property {@code paddock.started.level} is the start level that comes after all bundles of ours. */
    @Activate
    public StartCheck(BundleContext context) {
        this(
                context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkStartLevel.class),
                context.getProperty("paddock.started.level"));
    }

    /** @param wanted null where nothing is said: then it is always reached */
    StartCheck(FrameworkStartLevel level, String wanted) {
        this.level = level;
        this.wanted = wanted == null ? 0 : Integer.parseInt(wanted);
    }

    @Override
    public Result execute() {
        return level.getStartLevel() >= wanted
                ? new Result(Result.Status.OK, "all bundles have been started")
                : new Result(Result.Status.TEMPORARILY_UNAVAILABLE, "the server is still starting");
    }
}
