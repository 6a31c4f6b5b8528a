package dev.paddock.operator;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.security.Scope;
import dev.paddock.api.store.Housekeeper;
import dev.paddock.api.transfer.ModelArchive;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.DialectServlet;
import dev.paddock.dialect.kit.Router;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * The routes under {@code /api/models}: what takes how much, and how the store is kept in order. All but the two that only
 * tell serve the server's owner. The services behind them may come and go.
 */
@Component(service = Servlet.class, configurationPid = OperatorApi.PID)
@HttpWhiteboardServletPattern(ModelsApi.ROOT + "*")
public final class ModelsApi extends DialectServlet {
    static final String ROOT = "/api/models/";

    private static final String USAGE = ROOT + "usage";
    private static final String HOUSEKEEPING = ROOT + "housekeeping";
    private static final long serialVersionUID = 1L;
    /** Verifying may take hours and goes on where it was: nobody waits for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    transient volatile Housekeeper housekeeper;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    transient volatile ModelStore store;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    transient volatile ModelArchive archive;

    private final transient Router router;

    /** Reads limits. */
    @Activate
    public ModelsApi(OperatorApi.Config config) {
        this(config.archive_limit());
    }

    ModelsApi(long archiveLimit) {
        super(OperatorApi.ERRORS);
        var keeping = new HousekeepingRoutes(() -> there(housekeeper, "the store"), () -> there(store, "the store"));
        var archives = new ArchiveRoutes(() -> there(archive, "what packs models into files"), archiveLimit);
        this.router = new Router()
                .on("GET", USAGE, keeping::usage)
                .on("GET", HOUSEKEEPING, keeping::steps)
                .on("POST", ROOT + "prune", keeping::prune)
                .on("POST", ROOT + "verify", keeping::verify)
                .on("POST", ROOT + "adopt", keeping::adopt)
                .on("GET", ROOT + "export", archives::export)
                .on("POST", ROOT + "import", archives::take);
    }

    private static <T> T there(T service, String what) {
        if (service != null) return service;
        throw new PaddockException(Fault.UNAVAILABLE, what + " is stopped, or not started yet; try again in a moment");
    }

    @Override
    protected void guard(Call call) {
        boolean told = call.path().equals(USAGE) || call.path().equals(HOUSEKEEPING);
        // They tell of all models.
        call.require(told && call.identity().models().isEmpty() ? Scope.MODELS_READ : Scope.ADMIN);
    }

    @Override
    protected void answer(Call call) throws IOException {
        router.answer(call, unknown -> unknown.json(404, OperatorApi.ERRORS.body(404, "no such path")));
    }

    /** Gives what is running a moment; the component is out of the routes already. */
    @Deactivate
    public void stop() {
        drain(PATIENCE);
    }
}
