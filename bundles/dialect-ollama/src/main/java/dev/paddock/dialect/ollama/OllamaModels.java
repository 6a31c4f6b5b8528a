package dev.paddock.dialect.ollama;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelBuilder;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.security.Scope;
import dev.paddock.api.store.BlobStore;
import dev.paddock.api.transfer.ModelTransfer;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.DialectServlet;
import dev.paddock.dialect.kit.Router;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.time.Duration;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * The routes that bring, make, copy and remove models. They need neither inference nor a scheduler; who makes and who
 * fetches models may come and go, and while one is away the others are answered.
 */
@Component(service = Servlet.class, configurationPid = OllamaApi.PID)
@HttpWhiteboardServletPattern({
    OllamaModels.PULL,
    OllamaModels.PUSH,
    OllamaModels.COPY,
    OllamaModels.CREATE,
    OllamaModels.DELETE,
    OllamaModels.BLOBS
})
public final class OllamaModels extends DialectServlet {
    static final String PULL = "/api/pull";
    static final String PUSH = "/api/push";
    static final String COPY = "/api/copy";
    static final String CREATE = "/api/create";
    static final String DELETE = "/api/delete";
    static final String BLOBS = StoreRoutes.BLOBS + "*";

    private static final long serialVersionUID = 1L;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    transient volatile ModelBuilder builder;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    transient volatile ModelTransfer transfer;

    private final transient ModelStore store;
    private final transient Router router;
    private final transient Duration patience;

    /** Binds the routes to the store. */
    @Activate
    public OllamaModels(
            @Reference ModelStore store, @Reference BlobStore blobs, BundleContext context, OllamaApi.Config config) {
        this(store, blobs, config);
        stopWith(context, patience);
    }

    OllamaModels(ModelStore store, BlobStore blobs, OllamaApi.Config config) {
        super(new OllamaErrors());
        this.store = store;
        this.patience = OllamaApi.patience(config);
        StoreRoutes stored = new StoreRoutes(store, blobs, config.blob_limit());
        TransferRoutes transfers = new TransferRoutes(() -> there(transfer, "fetches and sends models"));
        this.router = new Router()
                .on("POST", PULL, transfers::pull)
                .on("POST", PUSH, transfers::push)
                .on("POST", COPY, stored::copy)
                .on("POST", CREATE, this::create)
                .on("DELETE", DELETE, stored::delete)
                .on("HEAD", BLOBS, stored::hasBlob)
                .on("POST", BLOBS, stored::putBlob);
    }

    private void create(Call call) throws IOException {
        new CreateRoute(there(builder, "makes models")).answer(call);
    }

    private static <T> T there(T service, String does) {
        if (service != null) return service;
        throw new PaddockException(
                Fault.UNAVAILABLE, "the part of the server that " + does + " is stopped, or not started yet");
    }

    @Override
    protected void guard(Call call) {
        call.require(Scope.MODELS_WRITE);
    }

    @Override
    protected void answer(Call call) throws IOException {
        router.answer(call, OllamaFront::unknown);
    }

    /** Waits for what is running; the component is out of the routes already. */
    @Deactivate
    public void stop() {
        drain(patience);
    }
}
