package dev.paddock.transfer;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelBuilder;
import dev.paddock.api.model.Progress;
import dev.paddock.api.settings.Defaults;
import dev.paddock.api.settings.SettingCheck;
import dev.paddock.api.settings.Settings;
import dev.paddock.api.store.BlobStore;
import dev.paddock.api.store.ManifestStore;
import dev.paddock.api.transfer.ModelTransfer;
import dev.paddock.api.transfer.RemoteModel;
import dev.paddock.transfer.net.Backoff;
import dev.paddock.transfer.net.Origin;
import dev.paddock.transfer.net.Pause;
import dev.paddock.transfer.net.RateLimit;
import dev.paddock.transfer.net.Session;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pulls and pushes. Settings are read at the beginning of each, the rate at any time. */
@Component(
        service = {ModelTransfer.class, SettingCheck.class},
        configurationPid = TransferConfig.PID)
@Designate(ocd = TransferConfig.class)
public final class RegistryTransfer implements ModelTransfer, SettingCheck {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryTransfer.class);

    private final Shelves shelves;
    /** Whoever makes models may need this to pull their parents, so neither waits for the other. */
    private final AtomicReference<ModelBuilder> builder = new AtomicReference<>();

    private final Downloads downloads = new Downloads();
    private final RateLimit rate = new RateLimit(System::nanoTime, Pause.REAL);
    private final Backoff backoff =
            new Backoff(() -> ThreadLocalRandom.current().nextDouble(), InstantSource.system());
    private final Sessions sessions;
    private final Surroundings surroundings;
    private final Set<Thread> active = ConcurrentHashMap.newKeySet();
    private volatile TransferSettings settings;
    private volatile boolean stopped;

    /** Reads its settings; speaks to nobody. */
    @Activate
    public RegistryTransfer(
            @Reference Settings settings,
            @Reference BlobStore blobs,
            @Reference ManifestStore manifests,
            BundleContext context,
            TransferConfig config) {
        this(
                blobs,
                manifests,
                Surroundings.of(
                        settings.home(), context.getBundle().getVersion().toString()),
                config);
    }

    /** For those without a framework. */
    RegistryTransfer(BlobStore blobs, ManifestStore manifests, Surroundings surroundings, TransferConfig config) {
        this.shelves = new Shelves(blobs, manifests, () -> Optional.ofNullable(builder.get()));
        this.surroundings = surroundings;
        this.sessions = new Sessions(surroundings);
        apply(Defaults.read(TransferConfig.class, config, this::read, LOG::error));
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void setBuilder(ModelBuilder found) {
        builder.set(found);
    }

    void unsetBuilder(ModelBuilder gone) {
        builder.compareAndSet(gone, null);
    }

    @Override
    public void check(Map<String, Object> values) {
        Defaults.check(TransferConfig.class, values, this::read);
    }

    @Modified
    void modified(TransferConfig config) {
        try {
            apply(read(config));
        } catch (RuntimeException e) {
            LOG.error("the settings stay as they were: {}", e.getMessage());
        }
    }

    private TransferSettings read(TransferConfig config) {
        return TransferSettings.of(config, surroundings.environment(), surroundings.agent());
    }

    private void apply(TransferSettings changed) {
        settings = changed;
        rate.set(changed.pace().rate());
    }

    /** Stops what runs; what has come stays. */
    @Deactivate
    public void close() {
        stopped = true;
        active.forEach(Thread::interrupt);
    }

    @Override
    public void pull(RemoteModel model, boolean insecure, Consumer<Progress> told) {
        TransferSettings current = settings;
        told.accept(Progress.step("pulling manifest"));
        boolean plain = plain(model, insecure, current);
        run("pull", plain, current, session -> {
            List<Registry> registries = new ArrayList<>();
            for (URI mirror : current.mirrors().of(model.name().host())) {
                registries.add(new Registry(session, mirror, model.name()));
            }
            registries.add(new Registry(session, address(model, plain), model.name()));
            new Pulling(shelves, downloads, lines(current), told).run(model.name(), registries);
        });
    }

    @Override
    public void push(RemoteModel model, boolean insecure, Consumer<Progress> told) {
        TransferSettings current = settings;
        told.accept(Progress.step("retrieving manifest"));
        boolean plain = plain(model, insecure, current);
        run("push", plain, current, session -> {
            Registry registry = new Registry(session, address(model, plain), model.name());
            new Pushing(shelves, lines(current), told).run(model.name(), registry);
        });
    }

    @FunctionalInterface
    private interface Task {
        void run(Session session) throws InterruptedException;
    }

    private void run(String what, boolean plain, TransferSettings current, Task task) {
        Thread caller = Thread.currentThread();
        active.add(caller);
        try (Session session = sessions.open(current, plain)) {
            task.run(session);
        } catch (InterruptedException e) {
            caller.interrupt();
            throw new PaddockException(
                    stopped ? Fault.UNAVAILABLE : Fault.CANCELLED, "the " + what + " was stopped", e);
        } finally {
            active.remove(caller);
        }
    }

    private Lines lines(TransferSettings current) {
        return new Lines(current.pace().parts(), current.pace().tries(), rate, backoff, surroundings.pause());
    }

    /** Whether to speak plain HTTP, which the request, the name and the settings must agree on. */
    private static boolean plain(RemoteModel model, boolean insecure, TransferSettings current) {
        boolean wanted = insecure || model.plain();
        boolean allowed =
                switch (current.network().plain()) {
                    case ASKED -> insecure;
                    case ALWAYS -> true;
                    case NEVER -> false;
                };
        if (wanted && !allowed) throw new PaddockException(Fault.UNSUPPORTED, "insecure protocol http");
        return wanted;
    }

    private static URI address(RemoteModel model, boolean plain) {
        try {
            URI address =
                    URI.create((plain ? "http://" : "https://") + model.name().host());
            Origin.of(address);
            return address;
        } catch (IllegalArgumentException e) {
            throw new PaddockException(
                    Fault.INVALID_REQUEST, "\"" + model.name().host() + "\" is no address of a registry", e);
        }
    }
}
