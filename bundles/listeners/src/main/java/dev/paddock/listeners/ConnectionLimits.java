package dev.paddock.listeners;

import dev.paddock.api.settings.Defaults;
import dev.paddock.api.settings.Durations;
import dev.paddock.api.settings.SettingCheck;
import java.time.Duration;
import java.util.Map;
import org.apache.felix.http.jetty.ConnectorFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many connections there may be, and how long one may take to say what it wants; for all listeners. */
@Component(service = ConnectorFactory.class, configurationPid = ConnectionLimits.PID)
@Designate(ocd = ConnectionLimits.Config.class)
public final class ConnectionLimits implements ConnectorFactory {
    /** Where its settings are. */
    public static final String PID = "dev.paddock.connections";

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionLimits.class);

    /** Limits of connections. */
    @ObjectClassDefinition(name = "Connections", description = "Limits for the connections of all listeners")
    public @interface Config {
        @AttributeDefinition(
                name = "Connections",
                description = "How many connections may be open, 1 to 1000000; one more is closed at once.")
        int connections() default 20_000;

        @AttributeDefinition(
                name = "Connections of one address",
                description = "How many of them one address of another machine may have, 1 to 1000000. Behind a reverse"
                        + " proxy all are of its address.")
        int connections_address() default 2_000;

        @AttributeDefinition(
                name = "Header timeout",
                description = "How long a client may take to send a request's line and headers, as a duration like 30s;"
                        + " at least 100ms. A connection between two requests has 60s.")
        String header_timeout() default "30s";
    }

    /** Refuses what could not be used before it is set; a service of its own, since the platform finds the other. */
    @Component(service = SettingCheck.class, configurationPid = PID)
    public static final class Check implements SettingCheck {
        @Override
        public void check(Map<String, Object> values) {
            Defaults.check(Config.class, values, config -> guard(config).close());
        }
    }

    private final ConnectionGuard guard;
    private Server guarded;

    /**
     * Reads the settings.
     *
     * @param http is there while Jetty runs
     */
    @Activate
    public ConnectionLimits(@Reference HttpServiceRuntime http, Config config) {
        this.guard = Defaults.read(Config.class, config, ConnectionLimits::guard, LOG::error);
    }

    private static ConnectionGuard guard(Config config) {
        Duration header = Durations.setting(PID, "header.timeout", config.header_timeout());
        return new ConnectionGuard(
                within("connections", config.connections()),
                within("connections.address", config.connections_address()),
                header);
    }

    private static int within(String key, int count) {
        if (count >= 1 && count <= 1_000_000) return count;
        throw new IllegalArgumentException(PID + ": " + key + " is " + count + "; it must be from 1 to 1000000");
    }

    /** Felix shows Jetty's server to nobody but factories of connectors; the one made here takes no connections. */
    @Override
    public synchronized Connector createConnector(Server server) {
        guarded = server;
        guard.guard(server);
        return new LocalConnector(server);
    }

    /** Lets go of the server. */
    @Deactivate
    public synchronized void stop() {
        if (guarded != null) guard.release(guarded);
        guard.close();
    }
}
