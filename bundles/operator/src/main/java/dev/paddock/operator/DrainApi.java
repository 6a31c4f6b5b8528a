package dev.paddock.operator;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.security.Scope;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.DialectServlet;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.Router;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code /api/drain}: whether the server takes new work, and for its owner: that it shall, or shall not. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern(DrainApi.PATH)
public final class DrainApi extends DialectServlet {
    static final String PATH = "/api/drain";

    private static final long serialVersionUID = 1L;
    private static final String DRAIN = "drain";

    private final transient Draining draining;
    private final transient Router router;

    /** Has that drain. */
    @Activate
    public DrainApi(@Reference Draining draining) {
        super(OperatorApi.ERRORS);
        this.draining = draining;
        this.router = new Router().on("GET", PATH, this::tell).on("POST", PATH, this::set);
    }

    @Override
    protected void guard(Call call) {
        call.require(call.method().equals("GET") ? Scope.MODELS_READ : Scope.ADMIN);
    }

    @Override
    protected void answer(Call call) throws IOException {
        router.answer(call, unknown -> unknown.json(404, OperatorApi.ERRORS.body(404, "no such path")));
    }

    private void tell(Call call) throws IOException {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("draining", draining.draining());
        told.put("running", draining.running());
        call.header("Cache-Control", "no-store");
        call.json(200, told);
    }

    private void set(Call call) throws IOException {
        Fields body = call.body().orElseThrow(DrainApi::missing);
        if (!(body.value(DRAIN).orElseThrow(DrainApi::missing) instanceof Boolean on)) throw missing();
        draining.drain(on);
        tell(call);
    }

    private static PaddockException missing() {
        return new PaddockException(
                Fault.INVALID_REQUEST, "the body must be {\"drain\": true}, or false to take work again");
    }
}
