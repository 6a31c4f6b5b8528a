package dev.paddock.explain;

import dev.paddock.api.explain.Decision;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.security.Scope;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.DialectServlet;
import dev.paddock.dialect.kit.ErrorForm;
import dev.paddock.dialect.kit.Router;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code GET /api/explain}: what was decided of late, of one request, of one model. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({ExplainApi.ROOT, ExplainApi.ONE})
public final class ExplainApi extends DialectServlet {
    static final String ROOT = "/api/explain";
    static final String ONE = ROOT + "/*";

    private static final long serialVersionUID = 1L;
    private static final String MODEL = ROOT + "/model/";
    private static final ErrorForm ERRORS = (_, message) -> Map.of("error", message);
    private static final int MOST = 10_000;
    private static final int USUAL = 100;

    private final transient DecisionLog log;
    private final transient Router router;

    /** Tells of what is remembered there. */
    @Activate
    public ExplainApi(@Reference DecisionLog log) {
        super(ERRORS);
        this.log = log;
        this.router = new Router()
                .on("GET", ROOT, this::latest)
                .on("GET", MODEL + "*", this::model)
                .on("GET", ONE, this::request);
    }

    @Override
    protected void guard(Call call) {
        // It tells of all models.
        call.require(call.identity().models().isEmpty() ? Scope.MODELS_READ : Scope.ADMIN);
    }

    @Override
    protected void answer(Call call) throws IOException {
        router.answer(call, unknown -> unknown.json(404, ERRORS.body(404, "no such path")));
    }

    private void latest(Call call) throws IOException {
        int limit = call.query("limit").map(ExplainApi::limit).orElse(USUAL);
        call.json(200, Map.of("decisions", json(log.latest(limit))));
    }

    private void request(Call call) throws IOException {
        String id = call.rest(ROOT + "/");
        tell(call, "request", id, log.ofRequest(id));
    }

    private void model(Call call) throws IOException {
        String name = ModelName.parse(call.rest(MODEL)).display();
        tell(call, "model", name, log.ofModel(name));
    }

    private void tell(Call call, String what, String name, List<Decision> decisions) throws IOException {
        if (decisions.isEmpty()) {
            String message = "nothing is remembered of the " + what + " \"" + Trimmed.line(name, Trimmed.NAME)
                    + "\": the latest " + log.kept() + " decisions of this run of the server are kept";
            call.json(404, ERRORS.body(404, message));
            return;
        }
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put(what, name);
        reply.put("decisions", json(decisions));
        call.largeJson(200, reply);
    }

    private static List<Map<String, Object>> json(List<Decision> decisions) {
        return decisions.stream().map(ExplainApi::json).toList();
    }

    private static Map<String, Object> json(Decision decision) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("at", decision.at().toString());
        fields.put("kind", DecisionLog.word(decision.kind()));
        if (!decision.request().isEmpty()) fields.put("request", decision.request());
        if (!decision.model().isEmpty()) fields.put("model", decision.model());
        fields.put("text", decision.text());
        fields.put("numbers", decision.numbers());
        return fields;
    }

    private static int limit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) return limit;
        } catch (NumberFormatException e) {
            throw wrong(text, e);
        }
        throw wrong(text, null);
    }

    private static PaddockException wrong(String text, Throwable cause) {
        return new PaddockException(
                Fault.INVALID_REQUEST, "limit is \"" + text + "\"; it must be a number from 1 to " + MOST, cause);
    }
}
