package dev.paddock.launcher;

import dev.paddock.api.settings.HostAddress;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;

/**
 * Waits for Felix's HTTP service, which registers its runtime only once a connector listens, and otherwise only logs.
 */
final class HttpListener {
    private static final String RUNTIME = "org.osgi.service.servlet.runtime.HttpServiceRuntime";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** A machine may be slow, and nobody holds the port: then patience is longer. */
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(25);

    private final BundleContext context;
    private final CompletableFuture<ServiceReference<?>> runtime = new CompletableFuture<>();

    /** Starts listening for the runtime, before the framework starts. */
    HttpListener(BundleContext context) {
        this.context = context;
        try {
            context.addServiceListener(this::changed, "(objectClass=" + RUNTIME + ")");
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private void changed(ServiceEvent event) {
        if (event.getType() == ServiceEvent.REGISTERED) runtime.complete(event.getServiceReference());
    }

    /**
     * Where the server listens, once it does.
     *
     * @throws LaunchException when it cannot: address taken, or no HTTP service at all
     */
    HostAddress await() throws LaunchException, InterruptedException, IOException {
        if (!arrives(PATIENCE)) {
            var wanted = new Configured(context).address();
            if (wanted.isPresent()) PortGuard.check(wanted.get());
            if (!arrives(LAST_PATIENCE))
                throw new LaunchException(
                        Exit.UNEXPECTED,
                        wanted.isPresent()
                                ? "the HTTP service did not come up on "
                                        + wanted.get().authority() + "; the log says why"
                                : "nothing configured the HTTP service: is dev.paddock.settings among the bundles?");
        }
        return endpoint(runtime.join());
    }

    private boolean arrives(Duration patience) throws InterruptedException {
        try {
            runtime.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HostAddress endpoint(ServiceReference<?> runtime) throws BindException {
        return switch (runtime.getProperty("osgi.http.endpoint")) {
            case String one -> HostAddress.parse(one);
            case String[] several when several.length > 0 -> HostAddress.parse(several[0]);
            case null, default -> throw new BindException("the HTTP service names no endpoint");
        };
    }
}
