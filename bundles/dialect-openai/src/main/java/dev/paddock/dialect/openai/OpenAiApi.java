package dev.paddock.dialect.openai;

import dev.paddock.api.inference.InferenceService;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.security.Scope;
import dev.paddock.api.settings.Declaration;
import dev.paddock.api.settings.Defaults;
import dev.paddock.api.settings.Durations;
import dev.paddock.api.settings.SettingCheck;
import dev.paddock.api.settings.Sizes;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.DialectServlet;
import dev.paddock.dialect.kit.Router;
import dev.paddock.dialect.openai.chat.ChatRoute;
import dev.paddock.dialect.openai.completions.CompletionsRoute;
import dev.paddock.dialect.openai.responses.KeptRoutes;
import dev.paddock.dialect.openai.responses.ResponseKeys;
import dev.paddock.dialect.openai.responses.ResponseStore;
import dev.paddock.dialect.openai.responses.ResponsesRoute;
import dev.paddock.dialect.openai.shared.Envelope;
import dev.paddock.dialect.openai.vectors.EmbeddingsRoute;
import dev.paddock.dialect.openai.vectors.RerankRoute;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
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

/** The routes that need models. While it is not there, {@link OpenAiFront} says so. */
@Component(service = Servlet.class, configurationPid = OpenAiApi.PID, property = "dev.paddock.dialect=openai")
@Designate(ocd = OpenAiApi.Config.class)
@HttpWhiteboardServletPattern({
    OpenAiApi.CHAT,
    OpenAiApi.COMPLETIONS,
    OpenAiApi.EMBEDDINGS,
    OpenAiApi.RERANK,
    OpenAiApi.MODELS,
    OpenAiApi.MODEL,
    OpenAiApi.RESPONSES,
    OpenAiApi.RESPONSE
})
public final class OpenAiApi extends DialectServlet {
    /** Where the settings of this dialect are. */
    public static final String PID = "dev.paddock.dialect.openai";

    static final String CHAT = "/v1/chat/completions";
    static final String COMPLETIONS = "/v1/completions";
    static final String EMBEDDINGS = "/v1/embeddings";
    static final String RERANK = "/v1/rerank";
    static final String MODELS = "/v1/models";
    static final String MODEL = "/v1/models/*";
    static final String RESPONSES = "/v1/responses";
    static final String RESPONSE = "/v1/responses/*";
    private static final String INPUT_TOKENS = RESPONSES + "/input_tokens";

    private static final long serialVersionUID = 1L;

    /** Settings of the OpenAI API. */
    @ObjectClassDefinition(name = "OpenAI API", description = "The routes under /v1")
    public @interface Config {
        @AttributeDefinition(
                name = "Drain time",
                description = "How long running answers may go on when this part stops, as a duration like 10s."
                        + Declaration.NEXT_START)
        String drain_timeout() default "10s";

        @AttributeDefinition(
                name = "Kept responses",
                description = "Most responses of /v1/responses that are kept in memory to go on from. 0 = none."
                        + Declaration.NEXT_START)
        int responses_count() default 1000;

        @AttributeDefinition(
                name = "Size of kept responses",
                description = "Most bytes of them all, as a size like 64m; what was not used for longest goes first."
                        + Declaration.NEXT_START)
        String responses_bytes() default "64m";

        @AttributeDefinition(
                name = "Age of kept responses",
                description = "How long a response is kept that nobody uses, as a duration like 24h."
                        + Declaration.NEXT_START)
        String responses_age() default "24h";
    }

    /**
     * Refuses what could not be used before it is set. A service of its own: the platform, which finds servlets, does not see
     * services that are ours as well.
     */
    @Component(service = SettingCheck.class, configurationPid = PID)
    public static final class Check implements SettingCheck {
        @Override
        public void check(Map<String, Object> values) {
            Defaults.check(Config.class, values, Settings::of);
        }
    }

    private record Settings(Duration patience, ResponseStore.Limits responses) {
        static Settings of(Config config) {
            int count = config.responses_count();
            if (count < 0) throw new IllegalArgumentException(PID + ": responses.count must not be negative");
            var limits = new ResponseStore.Limits(
                    count,
                    Sizes.setting(PID, "responses.bytes", config.responses_bytes()),
                    Durations.setting(PID, "responses.age", config.responses_age()));
            return new Settings(Durations.setting(PID, "drain.timeout", config.drain_timeout()), limits);
        }
    }

    private final transient Router router;
    private final transient Duration patience;

    /** Binds the routes to the services that answer them. */
    @Activate
    public OpenAiApi(
            @Reference InferenceService inference, @Reference ModelStore store, BundleContext context, Config config) {
        this(inference, store, config);
        stopWith(context, patience);
    }

    OpenAiApi(InferenceService inference, ModelStore store, Config config) {
        this(inference, store, config, ResponseKeys::random, InstantSource.system());
    }

    /** @param keys gives what makes the ids of a response unique */
    OpenAiApi(InferenceService inference, ModelStore store, Config config, Supplier<String> keys, InstantSource clock) {
        super(new Envelope());
        ModelsRoute models = new ModelsRoute(store);
        var settings =
                Defaults.read(Config.class, config, Settings::of, LoggerFactory.getLogger(OpenAiApi.class)::error);
        this.patience = settings.patience();
        var kept = new ResponseStore(settings.responses(), clock);
        var responses = new ResponsesRoute(inference, kept, keys, clock);
        var below = new KeptRoutes(kept, new Envelope(), RESPONSES + "/", Envelope::unknown);
        this.router = new Router()
                .on("POST", CHAT, new ChatRoute(inference)::answer)
                .on("POST", COMPLETIONS, new CompletionsRoute(inference)::answer)
                .on("POST", EMBEDDINGS, new EmbeddingsRoute(inference)::answer)
                .on("POST", RERANK, new RerankRoute(inference)::answer)
                .on("GET", MODELS, models::list)
                .on("GET", MODEL, models::one)
                .on("POST", RESPONSES, responses::create)
                .on("POST", INPUT_TOKENS, responses::countTokens)
                .on("GET", RESPONSE, below::show)
                .on("DELETE", RESPONSE, below::delete)
                .on("POST", RESPONSE, below::cancel);
    }

    @Override
    protected void guard(Call call) {
        String path = call.path();
        boolean models = path.equals(MODELS) || path.startsWith(MODELS + "/");
        call.require(models ? Scope.MODELS_READ : Scope.INFER);
    }

    @Override
    protected void answer(Call call) throws IOException {
        router.answer(call, Envelope::unknown);
    }

    /** Waits for the running answers; the component is out of the routes already. */
    @Deactivate
    public void stop() {
        drain(patience);
    }
}
