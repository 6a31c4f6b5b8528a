package dev.paddock.launcher;

import dev.paddock.api.settings.HostAddress;
import java.io.IOException;
import java.util.Dictionary;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * What the settings came to, once the bundle of settings has started.
 *
 * @param context where Config Admin is
 */
record Configured(BundleContext context) {
    private static final String HTTP = "org.apache.felix.http";
    private static final String WEB = "dev.paddock.web";

    /** Where the server is to listen; empty when nothing says so. */
    Optional<HostAddress> address() throws IOException {
        Optional<Object> host = value(HTTP, "org.apache.felix.http.host");
        Optional<Object> port = value(HTTP, "org.osgi.service.http.port");
        if (host.isEmpty() || port.isEmpty()) return Optional.empty();
        int number = Integer.parseInt(port.get().toString());
        return Optional.of(new HostAddress("http", host.get().toString(), number, ""));
    }

    /** Whether other machines are to be served without keys. */
    boolean insecure() throws IOException {
        return value(WEB, "insecure")
                .filter(value -> Boolean.parseBoolean(value.toString()))
                .isPresent();
    }

    private Optional<Object> value(String pid, String key) throws IOException {
        var reference = context.getServiceReference(ConfigurationAdmin.class);
        if (reference == null) return Optional.empty();
        Dictionary<String, Object> values =
                context.getService(reference).getConfiguration(pid, null).getProperties();
        return Optional.ofNullable(values).map(all -> all.get(key));
    }
}
