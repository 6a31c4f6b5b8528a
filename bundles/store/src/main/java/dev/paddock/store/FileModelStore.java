package dev.paddock.store;

import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.model.Progress;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.model.TensorFact;
import dev.paddock.api.settings.Declaration;
import dev.paddock.api.settings.Defaults;
import dev.paddock.api.settings.SettingCheck;
import dev.paddock.api.settings.Settings;
import dev.paddock.api.store.Blob;
import dev.paddock.api.store.BlobStore;
import dev.paddock.api.store.Housekeeper;
import dev.paddock.api.store.Manifest;
import dev.paddock.api.store.ManifestStore;
import dev.paddock.api.store.PartialBlob;
import dev.paddock.api.store.Scratch;
import dev.paddock.api.store.StoredManifest;
import dev.paddock.gguf.GgufGate;
import dev.paddock.gguf.GgufLimits;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models in a directory of Ollama's layout. Housekeeping starts with the component and runs beside it; who asks for
 * models right then waits, for some seconds at most, until the first model of an empty store is installed.
 */
@Component(
        service = {ModelStore.class, ManifestStore.class, BlobStore.class, Housekeeper.class, SettingCheck.class},
        immediate = true,
        configurationPid = FileModelStore.PID)
@Designate(ocd = FileModelStore.Config.class)
public final class FileModelStore implements ModelStore, ManifestStore, BlobStore, Housekeeper, SettingCheck {
    /** Where the settings of the store are. */
    public static final String PID = "dev.paddock.store";

    /** Settings of the store. */
    @ObjectClassDefinition(name = "Model store", description = "Where models lie and how they are kept in order")
    public @interface Config {
        @AttributeDefinition(
                name = "Models directory",
                description = "Absolute path. Empty: \"models\" in Paddock's home. The layout is Ollama's, so that its "
                        + "directory, usually ~/.ollama/models, can be named here." + Declaration.NEXT_START)
        String models() default "";

        @AttributeDefinition(
                name = "Prune at start",
                description = "true: at start remove blobs that no model uses, what is left of unfinished work, and "
                        + "empty directories; remove unused blobs when a model is replaced; put damaged blobs aside. "
                        + "false: Ollama or a person tidies up.")
        boolean prune() default true;

        @AttributeDefinition(
                name = "Grace period",
                description = "Duration, such as 1h: how young a file nobody uses yet is left alone when pruning."
                        + Declaration.NEXT_START)
        String prune_grace() default "1h";

        @AttributeDefinition(
                name = "Unfinished downloads",
                description = "Duration: how long an unfinished download is kept to be gone on with; 336h are 14 days.")
        String partial_keep() default "336h";

        @AttributeDefinition(
                name = "Verification rate",
                description = "Bytes a second, such as 50m, that the background may read to compare blobs with their "
                        + "digests; each is read once, and again when its time or size changes. 0 = never.")
        String verify_rate() default "50m";

        @AttributeDefinition(
                name = "Quota",
                description = "Bytes that all blobs may take, such as 200g. 0 = what the disk has.")
        String quota() default "0";

        @AttributeDefinition(name = "Reserve", description = "Bytes of the disk that models leave free, such as 1g.")
        String reserve() default "1g";

        @AttributeDefinition(
                name = "Go templates",
                description =
                        "Which chat template is used of a model that has a Go template (Modelfile, registry) and a"
                                + " Jinja template in its file: auto = Go, unless Jinja can do more; always = Go; never = Jinja."
                                + Declaration.NEXT_START)
        String go_template() default "auto";

        @AttributeDefinition(
                name = "Starter model",
                description = "Path of the GGUF file that an empty store gets as its first model. Empty: "
                        + "starter/starter.gguf of the installation." + Declaration.NEXT_START)
        String starter() default "";
    }

    private static final Logger LOG = LoggerFactory.getLogger(FileModelStore.class);
    private static final long MOST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long WAIT_MILLIS = 50;

    private final ModelShelf shelf;
    private final StoreStart start;
    private final Caretaker caretaker;
    private volatile StoreSettings settings;

    /** Reads its settings and starts housekeeping; touches no file itself. */
    @Activate
    public FileModelStore(
            @Reference Settings settings, @Reference GgufGate gate, BundleContext context, Config config) {
        this(
                StorePlaces.of(settings.home(), context.getProperty("paddock.install"), config),
                Defaults.read(Config.class, config, StoreSettings::of, LOG::error),
                gate,
                () -> awaitStarted(context.getBundle(Constants.SYSTEM_BUNDLE_ID)));
    }

    /** Reading thousands of files would keep the processors from bringing up the port. */
    private static void awaitStarted(Bundle framework) throws InterruptedException {
        long deadline = System.nanoTime() + MOST_WAIT_NANOS;
        while (framework.getState() != Bundle.ACTIVE && System.nanoTime() < deadline) Thread.sleep(WAIT_MILLIS);
    }

    /** A store in a directory, put in order but without a first model: for tests of those who use it. */
    public static FileModelStore at(Path models) {
        Path none = models.resolveSibling("none");
        return new FileModelStore(new StorePlaces(models, none, none), StoreSettings.QUIET);
    }

    FileModelStore(StorePlaces places, StoreSettings settings) {
        this(places, settings, GgufGate.of(GgufLimits.DEFAULTS), StoreStart.Calm.NOW);
    }

    private FileModelStore(StorePlaces places, StoreSettings settings, GgufGate gate, StoreStart.Calm calm) {
        this.settings = settings;
        var layout = new StoreLayout(places.models());
        var stock = Stock.of(layout, () -> this.settings, gate);
        this.shelf = new ModelShelf(stock);
        var starter = new StarterInstaller(places.starter(), places.marks(), layout);
        this.start = new StoreStart(stock, shelf, starter, calm);
        this.caretaker = new Caretaker(stock, shelf, start.steps());
        start.begin();
    }

    @Override
    public void check(Map<String, Object> values) {
        Defaults.check(Config.class, values, StoreSettings::of);
    }

    /** Limits and habits change as it runs, so that nobody who uses a model notices. */
    @Modified
    void modified(Config config) {
        try {
            settings = StoreSettings.of(config);
        } catch (IllegalArgumentException e) {
            LOG.error("the settings stay as they were: {}", e.getMessage());
        }
    }

    /** Stops housekeeping; what it has not done yet is done at the next start. */
    @Deactivate
    public void close() {
        start.close();
    }

    @Override
    public List<StoredModel> list() {
        start.awaitModels();
        return shelf.list();
    }

    @Override
    public Optional<StoredModel> find(ModelName name) {
        start.awaitModels();
        return shelf.find(name);
    }

    @Override
    public Map<String, Object> metadata(StoredModel model, Path file) {
        return shelf.metadata(model, file);
    }

    @Override
    public List<TensorFact> tensors(StoredModel model) {
        return shelf.tensors(model);
    }

    @Override
    public void copy(ModelName source, ModelName destination) {
        start.awaitModels();
        shelf.copy(source, destination);
    }

    @Override
    public Freed delete(ModelName name) {
        start.awaitModels();
        return shelf.delete(name);
    }

    @Override
    public void used(StoredModel model) {
        shelf.used(model);
    }

    @Override
    public List<ModelName> adopt(Path source, Optional<ModelName> name, Consumer<Progress> told) {
        start.awaitModels();
        return shelf.adopt(source, name, told);
    }

    @Override
    public Optional<StoredManifest> manifest(ModelName name) {
        start.awaitModels();
        return shelf.manifest(name);
    }

    @Override
    public Manifest parse(byte[] content) {
        return shelf.parse(content);
    }

    @Override
    public byte[] write(Manifest manifest) {
        return shelf.write(manifest);
    }

    @Override
    public StoredModel install(ModelName name, byte[] content, Consumer<Progress> told) {
        start.awaitModels();
        return shelf.install(name, content, told);
    }

    @Override
    public Map<String, Object> describe(Path weights) {
        return shelf.describe(weights);
    }

    @Override
    public Optional<Blob> find(Digest digest) {
        return shelf.find(digest);
    }

    @Override
    public Optional<Blob> keep(Digest digest) {
        return shelf.keep(digest);
    }

    @Override
    public Blob put(InputStream content) {
        return shelf.put(content);
    }

    @Override
    public Blob put(Digest expected, InputStream content) {
        return shelf.put(expected, content);
    }

    @Override
    public Scratch scratch(long bytes) {
        return shelf.scratch(bytes);
    }

    @Override
    public PartialBlob partial(Digest digest, long size) {
        return shelf.partial(digest, size);
    }

    @Override
    public long begun(Digest digest) {
        return shelf.begun(digest);
    }

    @Override
    public void requireRoom(long bytes) {
        shelf.requireRoom(bytes);
    }

    @Override
    public List<Step> steps() {
        return caretaker.steps();
    }

    @Override
    public Pruned prune(boolean dryRun) {
        start.awaitModels();
        return caretaker.prune(dryRun);
    }

    @Override
    public Verified verify(boolean all, Consumer<Progress> told) {
        start.awaitModels();
        return caretaker.verify(all, told);
    }

    @Override
    public List<Damage> damage() {
        return caretaker.damage();
    }

    @Override
    public Usage usage() {
        start.awaitModels();
        return caretaker.usage();
    }

    /** For tests: returns when all housekeeping is done. */
    void awaitHousekeeping() throws InterruptedException {
        start.join();
    }
}
