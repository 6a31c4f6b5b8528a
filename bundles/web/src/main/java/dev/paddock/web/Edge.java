package dev.paddock.web;

import dev.paddock.api.observe.Answered;
import dev.paddock.api.observe.Observer;
import dev.paddock.api.observe.Observers;
import dev.paddock.api.security.Keys;
import dev.paddock.api.settings.Declaration;
import dev.paddock.api.settings.Defaults;
import dev.paddock.api.settings.Durations;
import dev.paddock.api.settings.SettingCheck;
import dev.paddock.api.settings.Settings;
import dev.paddock.api.web.Exchange;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.propertytypes.ServiceRanking;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.servlet.whiteboard.Preprocessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every HTTP request passes here first, whatever its path: who may call, which id it gets, what the log says. */
@Component(service = Preprocessor.class, configurationPid = Edge.PID)
@Designate(ocd = Edge.Config.class)
@ServiceRanking(1000)
public final class Edge implements Preprocessor {
    /** Where the settings of the edge are. */
    public static final String PID = "dev.paddock.web";

    private static final Logger LOG = LoggerFactory.getLogger(Edge.class);
    private static final int CAPTURED_BODY = 1 << 20;
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(10);

    /** Settings of the edge. */
    @ObjectClassDefinition(name = "HTTP edge", description = "Checks and limits for every HTTP request")
    public @interface Config {
        @AttributeDefinition(
                name = "Origins",
                description = "Web origins that may call the server besides those of this machine, such as"
                        + " https://chat.example; one * in each stands for any text.")
        String[] origins() default {};

        @AttributeDefinition(
                name = "Hosts",
                description = "Host names that a server on loopback answers to besides localhost and this machine's.")
        String[] hosts() default {};

        @AttributeDefinition(
                name = "Body limit",
                description = "Largest request body in bytes. Uploads of model files have a limit of their own.")
        long body_limit() default 32L << 20;

        @AttributeDefinition(
                name = "Body rate",
                description = "The fewest bytes a second, on the average, in which a request's body may come; 0 = any.")
        long body_rate() default 100;

        @AttributeDefinition(
                name = "Body grace",
                description = "How long a body may come more slowly than that, as a duration like 30s.")
        String body_grace() default "30s";

        @AttributeDefinition(
                name = "Disconnect interval",
                description = "Time between two looks whether a waiting client is still there, as a duration like"
                        + " 200ms; at least 10ms." + Declaration.NEXT_START)
        String disconnect_interval() default "200ms";

        @AttributeDefinition(
                name = "Ping interval",
                description = "How long a streamed answer may be silent, while a long prompt is computed for example,"
                        + " before its client is sent a sign of life, as a duration like 10s; 0s = never.")
        String ping_interval() default "10s";

        @AttributeDefinition(
                name = "Remote console",
                description = "Whether /system (web console) is served to other machines too. Off unless set.")
        boolean console_remote() default false;

        @AttributeDefinition(
                name = "Identity header",
                description = "The request header in which a reverse proxy names the user, such as X-Remote-User; each"
                        + " name gets its own fair share. Empty = off: this machine is one user, any other address one"
                        + " each.")
        String identity_header() default "";

        @AttributeDefinition(
                name = "Identity proxies",
                description = "Addresses or networks (10.0.0.0/8) whose identity header is believed; none = this"
                        + " machine only.")
        String[] identity_proxies() default {};

        @AttributeDefinition(
                name = "Local without keys",
                description =
                        "Whether requests from this machine need no API key. One that is sent counts all the same.")
        boolean local_keyless() default true;

        @AttributeDefinition(
                name = "Insecure",
                description =
                        "Whether other machines are served without API keys as long as there are none. Unless set,"
                                + " a server that listens beyond this machine does not start without keys.")
        boolean insecure() default false;

        @AttributeDefinition(
                name = "Wrong keys",
                description = "How many wrong API keys and passwords may come from one address in a minute, 1 or more;"
                        + " further ones are told to wait. Right ones are served all the same."
                        + Declaration.NEXT_START)
        int wrong_keys() default 20;

        @AttributeDefinition(
                name = "Access log",
                description = "Whether each request is one line in the log at level INFO, and one of JSON in"
                        + " logs/access.jsonl. Probes are at DEBUG and in the log only.")
        boolean access_log() default true;

        @AttributeDefinition(
                name = "Capture",
                description =
                        "Whether requests and answers are kept in captures/ of the home, for debugging, without keys"
                                + " but with all prompts. Off unless set.")
        boolean capture() default false;

        @AttributeDefinition(
                name = "Capture keep",
                description =
                        "How long each captured request is kept, as a duration like 1h; they are looked through when"
                                + " the next is captured.")
        String capture_keep() default "1h";

        @AttributeDefinition(
                name = "Capture limit",
                description =
                        "Bytes of all captured requests together; the oldest go first. Of each body 1 MiB is kept.")
        long capture_limit() default 64L << 20;
    }

    /** Who knows the API keys; without it none is right. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile Keys keys;

    /**
     * Refuses what could not be used before it is set. A service of its own: the platform, which finds the edge, does not see
     * services that are ours as well.
     */
    @Component(service = SettingCheck.class, configurationPid = PID)
    public static final class Check implements SettingCheck {
        @Override
        public void check(Map<String, Object> values) {
            Defaults.check(Config.class, values, Parts::of);
        }
    }

    private final RequestIds ids = new RequestIds();
    /** One for keys and one for passwords: a client with an old key must not shut the owner out. */
    private final WrongKeys wrongKeys;

    private final WrongKeys guesses;
    private final OwnersPassword password;
    private final Path home;
    private final ConnectionWatcher watcher;
    private volatile Parts parts;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    volatile List<Observer> observers = List.of();

    /** Reads the settings. */
    @Activate
    public Edge(@Reference Settings settings, Config config) {
        this(settings.home(), config);
    }

    Edge(Path home, Config config) {
        this.parts = Defaults.read(Config.class, config, Parts::of, LOG::error);
        this.watcher = new ConnectionWatcher(parts.interval());
        this.wrongKeys = new WrongKeys(config.wrong_keys(), InstantSource.system());
        this.guesses = new WrongKeys(config.wrong_keys(), InstantSource.system());
        this.home = home;
        this.password = new OwnersPassword(home.resolve(OwnersPassword.FILE));
    }

    /** The settings changed: they count from the next request on, and those who are being answered notice nothing. */
    @Modified
    void modified(Config config) {
        try {
            parts = Parts.of(config);
        } catch (RuntimeException e) {
            LOG.error("the settings stay as they were: {}", e.getMessage());
        }
    }

    private record Parts(
            Admission admission,
            Identities identities,
            boolean localKeyless,
            boolean insecure,
            Duration interval,
            Duration pings,
            long bodyLimit,
            PacedBody.Pace pace,
            boolean accessLog,
            boolean capture,
            Duration captureKeep,
            long captureLimit) {
        static Parts of(Config config) {
            var admission = new Admission(
                    new Cors(new OriginCheck(List.of(config.origins()))),
                    new HostCheck(LocalNames.with(Arrays.asList(config.hosts()))),
                    config.console_remote());
            Duration interval = Durations.setting(PID, "disconnect.interval", config.disconnect_interval());
            if (interval.compareTo(SHORTEST_INTERVAL) < 0) interval = SHORTEST_INTERVAL;
            return new Parts(
                    admission,
                    Identities.named(config.identity_header(), config.identity_proxies()),
                    config.local_keyless(),
                    config.insecure(),
                    interval,
                    Durations.setting(PID, "ping.interval", config.ping_interval()),
                    config.body_limit(),
                    new PacedBody.Pace(
                            Math.max(0, config.body_rate()),
                            Durations.setting(PID, "body.grace", config.body_grace()),
                            System::nanoTime),
                    config.access_log(),
                    config.capture(),
                    Durations.setting(PID, "capture.keep", config.capture_keep()),
                    config.capture_limit());
        }
    }

    /** Ends the watching of connections. */
    @Deactivate
    public void stop() {
        watcher.close();
    }

    @Override
    public void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
            throws IOException, ServletException {
        Parts now = parts;
        HttpServletRequest request = new PacedBody((HttpServletRequest) servletRequest, now.pace());
        HttpServletResponse response = (HttpServletResponse) servletResponse;
        long begin = System.nanoTime();
        String id = ids.next();
        response.setHeader("X-Request-Id", id);
        try {
            if (now.admission().admits(request, response)) pass(now, id, request, response, chain);
            RestOfBody.discard(request, response);
        } finally {
            AccessLog.write(now.accessLog(), id, request, response, millisSince(begin));
            var time = Duration.ofNanos(System.nanoTime() - begin);
            Observers.answered(observers, answered(id, request, response, time));
        }
    }

    private static Answered answered(
            String id, HttpServletRequest request, HttpServletResponse response, Duration time) {
        String route = request.getAttribute(Exchange.ROUTE) instanceof String matched ? matched : "";
        String identity = request.getAttribute(Exchange.ATTRIBUTE) instanceof Exchange exchange
                ? exchange.identity().name()
                : "";
        return new Answered(id, request.getMethod(), route, response.getStatus(), identity, time);
    }

    private void pass(Parts now, String id, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Keys known = keys;
        var callers = new Callers(now.identities(), now.localKeyless(), now.insecure(), wrongKeys);
        var rules = new EdgeExchange.Rules(now.bodyLimit(), now.pings(), watcher, password, guesses);
        Caller caller = callers.of(request, known);
        try (var exchange = new EdgeExchange(rules, id, caller, known, request, response)) {
            request.setAttribute(Exchange.ATTRIBUTE, exchange);
            HttpServletRequest plain = EncodedBody.of(request);
            if (now.capture()) captured(now, id, plain, response, chain);
            else chain.doFilter(plain, response);
        }
    }

    private void captured(
            Parts now, String id, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var capture = new Capture(request, response, CAPTURED_BODY);
        var captures = new Captures(home.resolve("captures"), now.captureKeep(), now.captureLimit());
        long begin = System.nanoTime();
        try {
            chain.doFilter(capture.request(), capture.response());
        } finally {
            captures.add(id, capture.json(id, millisSince(begin)));
        }
    }

    private static long millisSince(long begin) {
        return (System.nanoTime() - begin) / 1_000_000;
    }
}
