package dev.paddock.keys;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.security.Grant;
import dev.paddock.api.security.Identity;
import dev.paddock.api.security.Issued;
import dev.paddock.api.security.Key;
import dev.paddock.api.security.Keys;
import dev.paddock.api.security.Limits;
import dev.paddock.api.security.ModelPattern;
import dev.paddock.api.security.Scope;
import dev.paddock.api.settings.Durations;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.DialectServlet;
import dev.paddock.dialect.kit.ErrorForm;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.Router;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes under {@code /api/keys}, for the server's owner. The secret of a key is told once, to who makes it. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({KeysApi.ROOT, KeysApi.ONE})
public final class KeysApi extends DialectServlet {
    static final String ROOT = "/api/keys";
    static final String ONE = ROOT + "/*";

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(KeysApi.class);
    private static final String ROTATE = "/rotate";
    private static final ErrorForm ERRORS = (_, message) -> Map.of("error", message);

    private final transient Keys keys;
    private final transient InstantSource clock;
    private final transient Router router;

    /** Tells of those keys and changes them. */
    @Activate
    public KeysApi(@Reference Keys keys) {
        this(keys, InstantSource.system());
    }

    KeysApi(Keys keys, InstantSource clock) {
        super(ERRORS);
        this.keys = keys;
        this.clock = clock;
        this.router = new Router()
                .on("GET", ROOT, this::list)
                .on("POST", ROOT, this::create)
                .on("DELETE", ONE, this::revoke)
                .on("POST", ONE, this::rotate);
    }

    @Override
    protected void guard(Call call) {
        call.require(Scope.ADMIN);
    }

    @Override
    protected void answer(Call call) throws IOException {
        router.answer(call, KeysApi::unknown);
    }

    private static void unknown(Call call) throws IOException {
        call.json(404, ERRORS.body(404, "no such path"));
    }

    private void list(Call call) throws IOException {
        call.json(200, Map.of("keys", keys.list().stream().map(KeyJson::shown).toList()));
    }

    private void create(Call call) throws IOException {
        Fields body = call.body().orElseThrow(() -> wrong("\"name\" is needed"));
        String name = body.text("name").orElseThrow(() -> wrong("\"name\" is needed"));
        Optional<Instant> expires = expires(body);
        Issued issued = keys.create(name, grant(body), expires);
        call.ignored(body.unread());
        LOG.info(
                "{}: {} made the API key {} ({})",
                call.id(),
                call.identity().name(),
                name,
                issued.key().id());
        tell(call, issued);
    }

    private void revoke(Call call) throws IOException {
        Key key = keys.revoke(call.rest(ROOT + "/"));
        LOG.info(
                "{}: {} revoked the API key {} ({})", call.id(), call.identity().name(), key.name(), key.id());
        call.json(200, Map.of("id", key.id(), "name", key.name(), "revoked", true));
    }

    private void rotate(Call call) throws IOException {
        String rest = call.rest(ROOT + "/");
        if (!rest.endsWith(ROTATE)) {
            unknown(call);
            return;
        }
        Issued issued = keys.rotate(rest.substring(0, rest.length() - ROTATE.length()));
        Key key = issued.key();
        LOG.info(
                "{}: {} rotated the API key {} ({})", call.id(), call.identity().name(), key.name(), key.id());
        tell(call, issued);
    }

    private static void tell(Call call, Issued issued) throws IOException {
        Map<String, Object> json = KeyJson.shown(issued.key());
        json.put("key", issued.secret());
        call.header("Cache-Control", "no-store");
        call.json(200, json);
    }

    private static Grant grant(Fields body) {
        Grant usual = Grant.ORDINARY;
        try {
            Set<Scope> scopes =
                    body.texts("scopes").stream().map(KeysApi::scope).collect(Collectors.toSet());
            List<ModelPattern> models =
                    body.texts("models").stream().map(ModelPattern::new).toList();
            var limits = new Limits(
                    body.integer("requests_per_minute", 0, Integer.MAX_VALUE).orElse(0L),
                    body.integer("tokens_per_minute", 0, Long.MAX_VALUE).orElse(0L),
                    body.integer("parallel", 0, Integer.MAX_VALUE).orElse(0L).intValue());
            int priority = body.integer("priority", Identity.LEAST_PRIORITY, Identity.MOST_PRIORITY)
                    .orElse((long) usual.priority())
                    .intValue();
            double weight = body.number("weight").map(Number::doubleValue).orElse(usual.weight());
            return new Grant(scopes.isEmpty() ? usual.scopes() : scopes, models, limits, priority, weight);
        } catch (IllegalArgumentException e) {
            throw new PaddockException(Fault.INVALID_REQUEST, e.getMessage(), e);
        }
    }

    private static Scope scope(String text) {
        return Scope.of(text)
                .orElseThrow(() -> wrong("\"scopes\" must be some of infer, models.read, models.write and admin"));
    }

    /** {@code expires_at} is a time, {@code expires} a duration from now like {@code 30d}. */
    private Optional<Instant> expires(Fields body) {
        Optional<String> at = body.text("expires_at").filter(text -> !text.isBlank());
        Optional<String> in = body.text("expires").filter(text -> !text.isBlank());
        try {
            if (at.isPresent()) return Optional.of(Instant.parse(at.get()));
            return in.map(text -> clock.instant().plus(life(text)));
        } catch (DateTimeException | ArithmeticException e) {
            throw new PaddockException(
                    Fault.INVALID_REQUEST, "\"expires_at\" must be a time like 2027-01-31T00:00:00Z", e);
        }
    }

    /** Days too, which durations do not have: the length of one may vary, but nobody counts hours here. */
    private static Duration life(String text) {
        boolean days = text.matches("[0-9]{1,5}d");
        return days ? Duration.ofDays(Long.parseLong(text.substring(0, text.length() - 1))) : Durations.parse(text);
    }

    private static PaddockException wrong(String message) {
        return new PaddockException(Fault.INVALID_REQUEST, message);
    }
}
