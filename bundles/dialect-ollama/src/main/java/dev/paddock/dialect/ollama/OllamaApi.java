package dev.paddock.dialect.ollama;

import dev.paddock.api.inference.InferenceService;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.prompt.PromptPaths;
import dev.paddock.api.scheduler.Scheduler;
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

/** The routes that run models and show them. While it is not there, {@link OllamaFront} says so. */
@Component(service = Servlet.class, configurationPid = OllamaApi.PID, property = "dev.paddock.dialect=ollama")
@Designate(ocd = OllamaApi.Config.class)
@HttpWhiteboardServletPattern({
    OllamaApi.GENERATE,
    OllamaApi.CHAT,
    OllamaApi.EMBED,
    OllamaApi.EMBEDDINGS,
    OllamaApi.TAGS,
    OllamaApi.PS,
    OllamaApi.RELEASE,
    OllamaApi.SHOW
})
public final class OllamaApi extends DialectServlet {
    /** Where the settings of this dialect are. */
    public static final String PID = "dev.paddock.dialect.ollama";

    static final String GENERATE = "/api/generate";
    static final String CHAT = "/api/chat";
    static final String EMBED = "/api/embed";
    static final String EMBEDDINGS = "/api/embeddings";
    static final String TAGS = "/api/tags";
    static final String PS = "/api/ps";
    static final String RELEASE = "/api/release";
    static final String SHOW = "/api/show";

    private static final long serialVersionUID = 1L;

    /** Settings of the Ollama API. */
    @ObjectClassDefinition(name = "Ollama API", description = "The routes under /api")
    public @interface Config {
        @AttributeDefinition(
                name = "Drain time",
                description = "How long running answers may go on when this part stops, as a duration like 10s."
                        + Declaration.NEXT_START)
        String drain_timeout() default "10s";

        @AttributeDefinition(
                name = "Largest blob",
                description = "Most bytes in one uploaded model file." + Declaration.NEXT_START)
        long blob_limit() default 1L << 40;

        @AttributeDefinition(
                name = "Compatible version",
                description = "The version of Ollama that /api/version names: clients switch features on by it."
                        + Declaration.NEXT_START)
        String compatible_version() default "0.32.0";
    }

    /**
     * Refuses what could not be used before it is set. A service of its own: the platform, which finds servlets, does not see
     * services that are ours as well.
     */
    @Component(service = SettingCheck.class, configurationPid = PID)
    public static final class Check implements SettingCheck {
        @Override
        public void check(Map<String, Object> values) {
            Defaults.check(Config.class, values, OllamaApi::read);
        }
    }

    private final transient Router router;
    private final transient Duration patience;

    /** Binds the routes to the services that answer them. */
    @Activate
    public OllamaApi(
            @Reference InferenceService inference,
            @Reference ModelStore store,
            @Reference Scheduler scheduler,
            @Reference PromptPaths paths,
            BundleContext context,
            Config config) {
        this(inference, store, scheduler, paths, config);
        stopWith(context, patience);
    }

    OllamaApi(InferenceService inference, ModelStore store, Scheduler scheduler, PromptPaths paths, Config config) {
        super(new OllamaErrors());
        this.patience = patience(config);
        this.router = routes(inference, store, scheduler, paths);
    }

    static Duration patience(Config config) {
        return Defaults.read(Config.class, config, OllamaApi::read, LoggerFactory.getLogger(OllamaApi.class)::error);
    }

    private static Router routes(InferenceService inference, ModelStore store, Scheduler scheduler, PromptPaths paths) {
        TagsRoute tags = new TagsRoute(store);
        return new Router()
                .on("POST", GENERATE, new GenerateRoute(inference, store)::answer)
                .on("POST", CHAT, new ChatRoute(inference, store)::answer)
                .on("POST", EMBED, new EmbedRoute(inference)::many)
                .on("POST", EMBEDDINGS, new EmbedRoute(inference)::one)
                .on("GET", TAGS, tags::answer)
                .on("HEAD", TAGS, tags::answer)
                .on("GET", PS, new PsRoute(scheduler)::answer)
                .on("POST", RELEASE, new ReleaseRoute(store, scheduler)::answer)
                .on("POST", SHOW, new ShowRoute(store, paths)::answer);
    }

    @Override
    protected void guard(Call call) {
        switch (call.path()) {
            case TAGS, PS, SHOW -> call.require(Scope.MODELS_READ);
            case RELEASE -> call.require(Scope.MODELS_WRITE);
            default -> call.require(Scope.INFER);
        }
    }

    @Override
    protected void answer(Call call) throws IOException {
        router.answer(call, OllamaFront::unknown);
    }

    private static Duration read(Config config) {
        return Durations.setting(PID, "drain.timeout", config.drain_timeout());
    }

    /** Waits for the running answers; the component is out of the routes already. */
    @Deactivate
    public void stop() {
        drain(patience);
    }
}
