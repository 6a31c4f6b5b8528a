package dev.paddock.operator;

import dev.paddock.api.engine.EngineService;
import dev.paddock.api.scheduler.Scheduler;
import dev.paddock.api.security.Scope;
import dev.paddock.api.settings.Declaration;
import dev.paddock.api.settings.Defaults;
import dev.paddock.api.settings.Durations;
import dev.paddock.api.settings.SettingCheck;
import dev.paddock.api.settings.Settings;
import dev.paddock.api.settings.SettingsEditor;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.DialectServlet;
import dev.paddock.dialect.kit.ErrorForm;
import dev.paddock.dialect.kit.Router;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes under {@code /api/backends}; those that change something serve the server's owner only. */
@Component(service = Servlet.class, configurationPid = OperatorApi.PID)
@Designate(ocd = OperatorApi.Config.class)
@HttpWhiteboardServletPattern({BackendRoutes.ROOT, OperatorApi.ONE})
public final class OperatorApi extends DialectServlet {
    /** Where its settings are. */
    public static final String PID = "dev.paddock.operator";

    static final String ONE = BackendRoutes.ROOT + "/*";

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(OperatorApi.class);
    static final ErrorForm ERRORS = new Errors();

    /** Limits of what an operator sends. */
    @ObjectClassDefinition(
            name = "Operator's routes",
            description = "Backends and the store of models, seen and changed over HTTP")
    public @interface Config {
        @AttributeDefinition(
                name = "Largest bundle",
                description = "Most bytes of a backend's bundle that is uploaded." + Declaration.NEXT_START)
        long bundle_limit() default 1L << 30;

        @AttributeDefinition(
                name = "Probe wait",
                description =
                        "How long the installation of a backend waits for its first probe, as a duration like 60s."
                                + Declaration.NEXT_START)
        String probe_wait() default "60s";

        @AttributeDefinition(
                name = "Largest archive",
                description = "Most bytes of a file with models that is imported." + Declaration.NEXT_START)
        long archive_limit() default 1L << 40;
    }

    /**
     * Refuses what could not be used before it is set. A service of its own: the platform, which finds servlets, does not see
     * services that are ours as well.
     */
    @Component(service = SettingCheck.class, configurationPid = PID)
    public static final class Check implements SettingCheck {
        @Override
        public void check(Map<String, Object> values) {
            Defaults.check(Config.class, values, OperatorApi::read);
        }
    }

    private static final class Errors implements ErrorForm {
        @Override
        public Object body(int status, String message) {
            return Map.of("error", message);
        }
    }

    private final transient Router router;
    private final transient Router pins;

    /** Finds the directory of bundles as File Install does. */
    @Activate
    public OperatorApi(
            @Reference EngineService engine,
            @Reference Scheduler scheduler,
            @Reference Settings settings,
            @Reference SettingsEditor editor,
            BundleContext context,
            Config config) {
        this(new BackendRoutes(
                engine,
                scheduler,
                new HotFolder(directory(context)),
                new Pins(settings, editor),
                new Probing(wait(config)),
                config.bundle_limit()));
    }

    OperatorApi(BackendRoutes routes) {
        super(ERRORS);
        this.router = new Router()
                .on("GET", BackendRoutes.ROOT, routes::list)
                .on("POST", BackendRoutes.ROOT, routes::install)
                .on("DELETE", ONE, routes::remove);
        this.pins = new Router().on("PUT", ONE, routes::pin).on("DELETE", ONE, routes::unpin);
    }

    private static Path directory(BundleContext context) {
        String directory = context.getProperty("felix.fileinstall.dir");
        return Path.of(directory == null ? "bundles" : directory).toAbsolutePath();
    }

    private static Duration wait(Config config) {
        return Defaults.read(Config.class, config, OperatorApi::read, LOG::error);
    }

    private static Duration read(Config config) {
        return Durations.setting(PID, "probe.wait", config.probe_wait());
    }

    @Override
    protected void guard(Call call) {
        call.require(call.method().equals("GET") ? Scope.MODELS_READ : Scope.ADMIN);
    }

    @Override
    protected void answer(Call call) throws IOException {
        (BackendRoutes.isPin(call) ? pins : router)
                .answer(call, unknown -> unknown.json(404, ERRORS.body(404, "no such path")));
    }
}
