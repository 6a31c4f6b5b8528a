package dev.paddock.dialect.openai;

import dev.paddock.api.inference.InferenceService;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.settings.Defaults;
import dev.paddock.api.settings.Durations;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.DialectServlet;
import dev.paddock.dialect.kit.Router;
import dev.paddock.dialect.openai.chat.ChatRoute;
import dev.paddock.dialect.openai.completions.CompletionsRoute;
import dev.paddock.dialect.openai.vectors.EmbeddingsRoute;
import dev.paddock.dialect.openai.vectors.RerankRoute;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.time.Duration;
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
    OpenAiApi.MODEL
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

    private static final long serialVersionUID = 1L;

    /** Settings of the OpenAI API. */
    @ObjectClassDefinition(name = "OpenAI API", description = "The routes under /v1")
    public @interface Config {
        @AttributeDefinition(
                name = "Drain time",
                description = "How long running answers may go on when this part stops, as a duration like 10s.")
        String drain_timeout() default "10s";
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
        super(new Envelope());
        ModelsRoute models = new ModelsRoute(store);
        this.patience = Defaults.read(
                Config.class,
                config,
                c -> Durations.setting(PID, "drain.timeout", c.drain_timeout()),
                LoggerFactory.getLogger(OpenAiApi.class)::error);
        this.router = new Router()
                .on("POST", CHAT, new ChatRoute(inference)::answer)
                .on("POST", COMPLETIONS, new CompletionsRoute(inference)::answer)
                .on("POST", EMBEDDINGS, new EmbeddingsRoute(inference)::answer)
                .on("POST", RERANK, new RerankRoute(inference)::answer)
                .on("GET", MODELS, models::list)
                .on("GET", MODEL, models::one);
    }

    @Override
    protected void answer(Call call) throws IOException {
        router.answer(call, OpenAiFront::unknown);
    }

    /** Waits for the running answers; the component is out of the routes already. */
    @Deactivate
    public void stop() {
        drain(patience);
    }
}
