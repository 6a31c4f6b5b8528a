package dev.paddock.dialect.anthropic;

import dev.paddock.api.inference.InferenceService;
import dev.paddock.api.model.Capability;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.prompt.PromptPaths;
import dev.paddock.api.security.Scope;
import dev.paddock.api.settings.Declaration;
import dev.paddock.api.settings.Defaults;
import dev.paddock.api.settings.Durations;
import dev.paddock.api.settings.SettingCheck;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.DialectServlet;
import dev.paddock.dialect.kit.Router;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.propertytypes.ServiceRanking;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterPattern;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.slf4j.LoggerFactory;

/**
 * The routes that need models. While it is not there, {@link AnthropicFront} says so.
 *
 * <p>OpenAI's API has {@code /v1/models} too. Of two servlets with the same pattern a container uses one; so this one is
 * also a filter there, which answers the requests that show Anthropic's headers and lets all others pass. As a servlet it
 * ranks low: it answers those others only when nobody else wants the path.
 */
@Component(
        service = {Servlet.class, Filter.class},
        configurationPid = AnthropicApi.PID,
        property = "dev.paddock.dialect=anthropic")
@Designate(ocd = AnthropicApi.Config.class)
@HttpWhiteboardServletPattern({AnthropicApi.MESSAGES, AnthropicApi.COUNT, AnthropicApi.MODELS, AnthropicApi.MODEL})
@HttpWhiteboardFilterPattern({AnthropicApi.MODELS, AnthropicApi.MODEL})
@ServiceRanking(-10)
public final class AnthropicApi extends DialectServlet implements Filter {
    /** Where the settings of this dialect are. */
    public static final String PID = "dev.paddock.dialect.anthropic";

    static final String MESSAGES = "/v1/messages";
    static final String COUNT = "/v1/messages/count_tokens";
    static final String MODELS = "/v1/models";
    static final String MODEL = "/v1/models/*";

    private static final long serialVersionUID = 1L;
    private static final String[] SIGNS = {"anthropic-version", "x-api-key"};

    /** Settings of the Anthropic API. */
    @ObjectClassDefinition(name = "Anthropic API", description = "The routes under /v1/messages, and /v1/models")
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
            Defaults.check(Config.class, values, AnthropicApi::patience);
        }
    }

    private final transient Router router;
    private final transient Duration patience;

    /** Binds the routes to the services that answer them. */
    @Activate
    public AnthropicApi(
            @Reference InferenceService inference,
            @Reference ModelStore store,
            @Reference PromptPaths paths,
            BundleContext context,
            Config config) {
        this(inference, store, name -> thinks(store, paths, name), config);
        stopWith(context, patience);
    }

    AnthropicApi(InferenceService inference, ModelStore store, Predicate<ModelName> thinkers, Config config) {
        super(new AnthropicErrors());
        MessagesRoute messages = new MessagesRoute(inference, thinkers);
        ModelsRoute models = new ModelsRoute(store);
        this.patience = Defaults.read(
                Config.class, config, AnthropicApi::patience, LoggerFactory.getLogger(AnthropicApi.class)::error);
        this.router = new Router()
                .on("POST", MESSAGES, messages::answer)
                .on("POST", COUNT, messages::count)
                .on("GET", MODELS, models::list)
                .on("HEAD", MODELS, models::list)
                .on("GET", MODEL, models::one)
                .on("HEAD", MODEL, models::one);
    }

    private static boolean thinks(ModelStore store, PromptPaths paths, ModelName name) {
        return store.find(name)
                .map(model -> paths.capabilities(model).contains(Capability.THINKING))
                .orElse(false);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (speaksAnthropic((HttpServletRequest) request)) service(request, response);
        else chain.doFilter(request, response);
    }

    private static boolean speaksAnthropic(HttpServletRequest request) {
        for (String sign : SIGNS) if (request.getHeader(sign) != null) return true;
        return false;
    }

    @Override
    protected void guard(Call call) {
        String path = call.path();
        boolean models = path.equals(MODELS) || path.startsWith(MODELS + "/");
        call.header("Request-Id", call.id());
        call.require(models ? Scope.MODELS_READ : Scope.INFER);
    }

    @Override
    protected void answer(Call call) throws IOException {
        router.answer(call, AnthropicFront::unknown, AnthropicFront::wrongMethod);
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
