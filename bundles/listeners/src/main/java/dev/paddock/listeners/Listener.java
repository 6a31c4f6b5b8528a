package dev.paddock.listeners;

import dev.paddock.api.settings.Durations;
import dev.paddock.api.settings.HostAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.felix.http.jetty.ConnectorFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One more place where the server listens: an address, in plain text or with TLS, or a Unix socket. There is one for each
 * configuration {@code dev.paddock.listeners~NAME}.
 */
@Component(
        service = ConnectorFactory.class,
        configurationPid = Listener.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = Listener.Config.class, factory = true)
public final class Listener implements ConnectorFactory {
    /** The factory of the listeners' settings. */
    public static final String PID = "dev.paddock.listeners";

    private static final int ACCEPT_QUEUE = 1024;
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    /** Settings of one listener. */
    @ObjectClassDefinition(name = "Listener", description = "One more place where the server listens")
    public @interface Config {
        @AttributeDefinition(
                name = "Address",
                description =
                        "Host and port, such as 0.0.0.0:8443 or [::]:8443. Either this or a socket is given; with a"
                                + " certificate and neither, it is 0.0.0.0:8443.")
        String address() default "";

        @AttributeDefinition(
                name = "Socket",
                description = "Path of a Unix socket, at most 100 bytes; only the server's user may open it.")
        String socket() default "";

        @AttributeDefinition(
                name = "Certificate",
                description = "PEM file with the certificate and those that vouch for it. Empty = no TLS.")
        String certificate() default "";

        @AttributeDefinition(
                name = "Key",
                description = "PEM file with the certificate's private key (BEGIN PRIVATE KEY), not encrypted.")
        String key() default "";

        @AttributeDefinition(
                name = "Reload interval",
                description = "How often it is looked whether certificate or key changed, as a duration like 10s; at"
                        + " least 100ms. Open connections go on.")
        String reload_interval() default "10s";
    }

    private final Config config;
    private TlsFiles tls;

    /**
     * Takes the settings.
     *
     * @param http is there while Jetty runs: Felix cannot start with a connector that is not its own
     */
    @Activate
    public Listener(@Reference HttpServiceRuntime http, Config config) {
        this.config = config;
    }

    @Override
    public Connector createConnector(Server server) {
        try {
            Connector connector = config.socket().isEmpty()
                    ? onAddress(server)
                    : UnixSocket.at(Path.of(config.socket()), server, http(server));
            LOG.info("listening on {} too{}", place(), tls == null ? "" : " (TLS)");
            return connector;
        } catch (IOException | IllegalArgumentException e) {
            stop();
            LOG.error("{}: the listener on {} does not open: {}", PID, place(), e.getMessage());
            return new LocalConnector(server); // takes no connections; Felix would print a stack trace
        }
    }

    private String place() {
        return config.socket().isEmpty() ? address() : config.socket();
    }

    private String address() {
        if (!config.address().isBlank()) return config.address();
        if (!config.certificate().isEmpty()) return "0.0.0.0:8443";
        throw new IllegalArgumentException("neither address nor socket is set");
    }

    private Connector onAddress(Server server) throws IOException {
        HostAddress address = HostAddress.parse(address());
        ServerConnector connector = config.certificate().isEmpty()
                ? new ServerConnector(server, new HttpConnectionFactory(http(server)))
                : secured(server);
        if (!address.host().isEmpty()) connector.setHost(address.host());
        connector.setPort(address.port());
        connector.setIdleTimeout(idleTimeout(server));
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        connector.open();
        return connector;
    }

    private ServerConnector secured(Server server) throws IOException {
        if (config.key().isEmpty()) throw new IllegalArgumentException("there is a certificate, but key is not set");
        Duration interval = Durations.setting(PID, "reload.interval", config.reload_interval());
        tls = new TlsFiles(Path.of(config.certificate()), Path.of(config.key()), interval);
        HttpConfiguration http = http(server);
        // Clients come by address too: the certificate is theirs to check, not ours.
        http.addCustomizer(new SecureRequestCustomizer(false));
        return new ServerConnector(server, tls.factory(), new HttpConnectionFactory(http));
    }

    /** How the main listener reads requests: the same limits and the same leniency. */
    private static HttpConfiguration http(Server server) {
        for (Connector connector : server.getConnectors()) {
            var main = connector.getConnectionFactory(HttpConnectionFactory.class);
            if (main != null) return new HttpConfiguration(main.getHttpConfiguration());
        }
        return new HttpConfiguration();
    }

    private static long idleTimeout(Server server) {
        Connector[] connectors = server.getConnectors();
        return connectors.length == 0 ? 60_000 : connectors[0].getIdleTimeout();
    }

    /** Ends looking at the files; Felix closes the connector. */
    @Deactivate
    public void stop() {
        if (tls != null) tls.close();
    }
}
