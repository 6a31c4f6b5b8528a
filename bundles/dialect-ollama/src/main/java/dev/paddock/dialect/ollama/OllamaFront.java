package dev.paddock.dialect.ollama;

import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.DialectServlet;
import dev.paddock.dialect.kit.Reply;
import dev.paddock.dialect.kit.Router;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.util.Set;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * What can be said without a model: the version, that there is no cloud, and why another path has no answer. Its pattern is wider than those of
 * {@link OllamaApi} and {@link OllamaModels}, so it answers only what those do not.
 */
@Component(service = Servlet.class, configurationPid = OllamaApi.PID)
@HttpWhiteboardServletPattern("/api/*")
public final class OllamaFront extends DialectServlet {
    private static final long serialVersionUID = 1L;
    private static final Set<String> WITH_MODELS = Set.of(
            OllamaApi.GENERATE,
            OllamaApi.CHAT,
            OllamaApi.EMBED,
            OllamaApi.EMBEDDINGS,
            OllamaApi.TAGS,
            OllamaApi.PS,
            OllamaApi.RELEASE,
            OllamaApi.SHOW,
            OllamaModels.PULL,
            OllamaModels.PUSH,
            OllamaModels.COPY,
            OllamaModels.CREATE,
            OllamaModels.DELETE);

    private static final String VERSION = "/api/version";

    private final transient Router router;

    /** Reads the version from the bundle. */
    @Activate
    public OllamaFront(BundleContext context, OllamaApi.Config config) {
        this(context.getBundle().getVersion(), config.compatible_version());
    }

    OllamaFront(Version own, String compatible) {
        super(new OllamaErrors());
        String paddock = own.getMajor() + "." + own.getMinor() + "." + own.getMicro();
        Router.Handler version = call -> call.json(
                200,
                new Reply().put("version", compatible).put("paddock", paddock).json());
        this.router =
                CloudRoutes.addTo(new Router()).on("GET", VERSION, version).on("HEAD", VERSION, version);
    }

    @Override
    protected void guard(Call call) {
        call.requireKnown();
    }

    @Override
    protected void answer(Call call) throws IOException {
        router.answer(call, OllamaFront::explain);
    }

    private static void explain(Call call) throws IOException {
        String path = call.path();
        if (WITH_MODELS.contains(path) || path.startsWith(StoreRoutes.BLOBS)) {
            throw notNow();
        }
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        boolean known = WITH_MODELS.contains(trimmed) || CloudRoutes.PATHS.contains(trimmed) || trimmed.equals(VERSION);
        if (known && !trimmed.equals(path)) {
            call.header("Location", trimmed);
            call.empty(call.method().equals("GET") ? 301 : 307);
        } else unknown(call);
    }

    static void unknown(Call call) throws IOException {
        call.text(404, "404 page not found");
    }
}
