package dev.paddock.dialect.openai.batches;

import dev.paddock.api.inference.InferenceService;
import dev.paddock.api.settings.Declaration;
import dev.paddock.api.settings.Defaults;
import dev.paddock.api.settings.SettingCheck;
import dev.paddock.api.settings.Settings;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.DialectServlet;
import dev.paddock.dialect.kit.Router;
import dev.paddock.dialect.openai.chat.ChatRoute;
import dev.paddock.dialect.openai.completions.CompletionsRoute;
import dev.paddock.dialect.openai.files.FileShelf;
import dev.paddock.dialect.openai.files.FilesRoute;
import dev.paddock.dialect.openai.shared.BatchRoute;
import dev.paddock.dialect.openai.shared.Envelope;
import dev.paddock.dialect.openai.vectors.EmbeddingsRoute;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files and batches, and what runs them. Without models nothing runs, and the front says that it is not the time. */
@Component(service = Servlet.class, configurationPid = BatchesApi.PID, property = "dev.paddock.dialect=openai")
@Designate(ocd = BatchesApi.Config.class)
@HttpWhiteboardServletPattern({FilesRoute.PATH, FilesRoute.PATH + "/*", BatchesRoute.PATH, BatchesRoute.PATH + "/*"})
public final class BatchesApi extends DialectServlet {
    /** Where the settings of batches are. */
    public static final String PID = "dev.paddock.dialect.openai.batches";

    private static final Logger LOG = LoggerFactory.getLogger(BatchesApi.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long serialVersionUID = 1L;

    /** Settings of files and batches. */
    @ObjectClassDefinition(name = "OpenAI batches", description = "The routes /v1/files and /v1/batches")
    public @interface Config {
        @AttributeDefinition(
                name = "File limit",
                description = "Most bytes of one uploaded file, like 200m." + Declaration.NEXT_START)
        String file_limit() default "200m";

        @AttributeDefinition(
                name = "Quota",
                description = "Most bytes of all uploaded files and results together, like 10g; more are refused."
                        + Declaration.NEXT_START)
        String files_quota() default "10g";

        @AttributeDefinition(
                name = "Retention",
                description = "How long files, and batches that have ended, are kept, as a duration like 720h."
                        + Declaration.NEXT_START)
        String retention() default "720h";

        @AttributeDefinition(
                name = "Requests",
                description = "Most requests of one batch, 1 to 1000000." + Declaration.NEXT_START)
        int lines_limit() default 50_000;

        @AttributeDefinition(
                name = "Request size",
                description = "Most bytes of one request in a batch, 1k to 1g." + Declaration.NEXT_START)
        String line_limit() default "4m";

        @AttributeDefinition(
                name = "Parallel requests",
                description = "How many requests of the running batch are answered at the same time, 1 to 64. They have"
                        + " the least priority, but one that is being answered keeps its place in the model."
                        + Declaration.NEXT_START)
        int parallel() default 2;
    }

    /**
     * Refuses what could not be used before it is set. A service of its own: the platform, which finds servlets, does not see
     * services that are ours as well.
     */
    @Component(service = SettingCheck.class, configurationPid = PID)
    public static final class Check implements SettingCheck {
        @Override
        public void check(Map<String, Object> values) {
            Defaults.check(Config.class, values, BatchSettings::of);
        }
    }

    private final transient Router router = new Router();
    private final transient BatchRunner runner;

    /** Takes up the batches that were running when the server stopped. */
    @Activate
    public BatchesApi(
            @Reference InferenceService inference, @Reference Settings settings, BundleContext context, Config config)
            throws IOException {
        this(inference, settings.home().resolve("openai"), InstantSource.system(), config);
        stopWith(context, PATIENCE);
        // Before the parts go that answer: what fails then would be taken for the requests' own failure.
        context.addBundleListener((SynchronousBundleListener) event -> {
            boolean server = event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID;
            if (server && event.getType() == BundleEvent.STOPPING) runner.close();
        });
    }

    BatchesApi(InferenceService inference, Path directory, InstantSource clock, Config config) throws IOException {
        super(new Envelope());
        Envelope errors = new Envelope();
        Map<String, BatchRoute> routes = Map.of(
                "/v1/chat/completions", new ChatRoute(inference),
                "/v1/completions", new CompletionsRoute(inference),
                "/v1/embeddings", new EmbeddingsRoute(inference));
        BatchSettings limits = Defaults.read(Config.class, config, BatchSettings::of, LOG::error);
        FileShelf files = FileShelf.open(directory.resolve("files"), clock, limits.retention(), limits.quota());
        BatchShelf batches = BatchShelf.open(directory.resolve("batches"));
        this.runner = new BatchRunner(batches, files, routes, errors, limits, clock);
        routes(
                new FilesRoute(files, batches::uses, errors, limits.file()),
                new BatchesRoute(batches, files, runner, errors, clock));
        runner.start();
    }

    private void routes(FilesRoute files, BatchesRoute batches) {
        router.on("POST", FilesRoute.PATH, files::upload)
                .on("GET", FilesRoute.PATH, files::list)
                .on("GET", FilesRoute.PATH + "/*", files::get)
                .on("DELETE", FilesRoute.PATH + "/*", files::delete)
                .on("POST", BatchesRoute.PATH, batches::create)
                .on("GET", BatchesRoute.PATH, batches::list)
                .on("GET", BatchesRoute.PATH + "/*", batches::get)
                .on("POST", BatchesRoute.PATH + "/*", batches::cancel);
    }

    @Override
    protected void answer(Call call) throws IOException {
        router.answer(call, Envelope::unknown);
    }

    /** Waits for the running requests, and stops the running batch where it is. */
    @Deactivate
    public void stop() {
        runner.close();
        drain(PATIENCE);
    }
}
