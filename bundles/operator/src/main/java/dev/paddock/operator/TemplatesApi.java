package dev.paddock.operator;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.prompt.PromptPaths;
import dev.paddock.api.prompt.PromptRenderer;
import dev.paddock.api.scheduler.Scheduler;
import dev.paddock.api.security.Scope;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.DialectServlet;
import dev.paddock.dialect.kit.Router;
import jakarta.servlet.Servlet;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** The routes under {@code /api/templates}: the prompt that a model would get. The services behind them may come and go. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern(TemplatesApi.ROOT + "*")
public final class TemplatesApi extends DialectServlet {
    static final String ROOT = "/api/templates/";

    private static final long serialVersionUID = 1L;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    transient volatile ModelStore store;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    transient volatile PromptPaths paths;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    transient volatile PromptRenderer renderer;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    transient volatile Scheduler scheduler;

    private final transient Router router = new Router().on("POST", ROOT + "render", this::render);

    /** Asks the services when somebody asks it. */
    @Activate
    public TemplatesApi() {
        super(OperatorApi.ERRORS);
    }

    private void render(Call call) throws IOException {
        var preview = new PromptPreview(
                there(store, "the store"),
                there(paths, "what chooses templates"),
                there(renderer, "what renders templates"),
                there(scheduler, "the scheduler"));
        preview.answer(call);
    }

    private static <T> T there(T service, String what) {
        if (service != null) return service;
        throw new PaddockException(Fault.UNAVAILABLE, what + " is stopped, or not started yet; try again in a moment");
    }

    @Override
    protected void guard(Call call) {
        call.require(Scope.INFER);
    }

    @Override
    protected void answer(Call call) throws IOException {
        router.answer(call, unknown -> unknown.json(404, OperatorApi.ERRORS.body(404, "no such path")));
    }
}
