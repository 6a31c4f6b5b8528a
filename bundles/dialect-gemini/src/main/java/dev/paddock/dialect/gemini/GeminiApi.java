package dev.paddock.dialect.gemini;

import dev.paddock.api.inference.InferenceService;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.security.Scope;
import dev.paddock.api.settings.Declaration;
import dev.paddock.api.settings.Defaults;
import dev.paddock.api.settings.Durations;
import dev.paddock.api.settings.SettingCheck;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.DialectServlet;
import dev.paddock.dialect.kit.Router;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.slf4j.LoggerFactory;

/** The routes that need models. While it is not there, {@link GeminiFront} says so. */
@Component(service = Servlet.class, configurationPid = GeminiApi.PID, property = "dev.paddock.dialect=gemini")
@Designate(ocd = GeminiApi.Config.class)
@HttpWhiteboardServletPattern({GeminiApi.MODELS, GeminiApi.MODEL})
public final class GeminiApi extends DialectServlet {
    /** Where the settings of this dialect are. */
    public static final String PID = "dev.paddock.dialect.gemini";

    static final String MODELS = "/v1beta/models";
    static final String MODEL = "/v1beta/models/*";

    private static final long serialVersionUID = 1L;

    /** Settings of the Gemini API. */
    @ObjectClassDefinition(name = "Gemini API", description = "The routes under /v1beta")
    public @interface Config {
        @AttributeDefinition(
                name = "Drain time",
                description = "How long running answers may go on when this part stops, as a duration like 10s."
                        + Declaration.NEXT_START)
        String drain_timeout() default "10s";
    }

    /**
     * Refuses what could not be used before it is set. A service of its own: the platform, which finds servlets, does not see
     * services that are ours as well.
     */
    @Component(service = SettingCheck.class, configurationPid = PID)
    public static final class Check implements SettingCheck {
        @Override
        public void check(Map<String, Object> values) {
            Defaults.check(Config.class, values, GeminiApi::patience);
        }
    }

    /** Answers one verb about one model. */
    @FunctionalInterface
    private interface Verb {
        void answer(Call call, String model) throws IOException;
    }

    private final transient Router router;
    private final transient Map<String, Verb> verbs;
    private final transient Duration patience;

    /** Binds the routes to the services that answer them. */
    @Activate
    public GeminiApi(
            @Reference InferenceService inference, @Reference ModelStore store, BundleContext context, Config config) {
        this(inference, store, config);
        stopWith(context, patience);
    }

    GeminiApi(InferenceService inference, ModelStore store, Config config) {
        super(new GeminiErrors());
        GenerateRoute generate = new GenerateRoute(inference);
        EmbedRoute embed = new EmbedRoute(inference);
        ModelsRoute models = new ModelsRoute(store);
        this.patience = Defaults.read(
                Config.class, config, GeminiApi::patience, LoggerFactory.getLogger(GeminiApi.class)::error);
        this.verbs = Map.of(
                "generateContent", generate::whole,
                "streamGenerateContent", generate::stream,
                "countTokens", generate::count,
                "embedContent", embed::one,
                "batchEmbedContents", embed::several);
        this.router = new Router()
                .on("GET", MODELS, models::list)
                .on("GET", MODEL, models::one)
                .on("POST", MODEL, this::verb);
    }

    @Override
    protected void guard(Call call) {
        call.require(call.method().equals("GET") ? Scope.MODELS_READ : Scope.INFER);
    }

    @Override
    protected void answer(Call call) throws IOException {
        router.answer(call, GeminiFront::unknown, GeminiFront::wrongMethod);
    }

    /** {@code starter:latest:generateContent}: what follows the last colon is what to do. */
    private void verb(Call call) throws IOException {
        String rest = call.rest(MODELS + "/");
        int colon = rest.lastIndexOf(':');
        Verb verb = colon < 1 ? null : verbs.get(rest.substring(colon + 1));
        if (verb == null) GeminiFront.unknown(call);
        else verb.answer(call, rest.substring(0, colon));
    }

    private static Duration patience(Config config) {
        return Durations.setting(PID, "drain.timeout", config.drain_timeout());
    }

    /** Waits for the running answers; the component is out of the routes already. */
    @Deactivate
    public void stop() {
        drain(patience);
    }
}
