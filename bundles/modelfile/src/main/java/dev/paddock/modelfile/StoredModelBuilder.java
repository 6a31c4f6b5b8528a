package dev.paddock.modelfile;

import dev.paddock.api.engine.EngineService;
import dev.paddock.api.model.ModelBuilder;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.ModelRecipe;
import dev.paddock.api.model.Progress;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.TemplateCheck;
import dev.paddock.api.settings.Defaults;
import dev.paddock.api.settings.SettingCheck;
import dev.paddock.api.store.BlobStore;
import dev.paddock.api.store.ManifestStore;
import dev.paddock.api.transfer.ModelTransfer;
import dev.paddock.gguf.GgufGate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.LoggerFactory;

/**
 * Makes models and puts them into the store. The engine, the transfer and the check of templates may come and go; what
 * needs the first two says so, and without the third a template is stored as it is.
 */
@Component(
        service = {ModelBuilder.class, SettingCheck.class},
        configurationPid = StoredModelBuilder.PID)
@Designate(ocd = StoredModelBuilder.Config.class)
public final class StoredModelBuilder implements ModelBuilder, SettingCheck {
    /** Where the settings of creation are. */
    public static final String PID = "dev.paddock.modelfile";

    private static final int MOST_THREADS = 512;

    /** Settings of creation. */
    @ObjectClassDefinition(name = "Creation of models", description = "How models are made of others and of files")
    public @interface Config {
        @AttributeDefinition(
                name = "Quantizer threads",
                description = "How many threads pack weights, 1 to 512; 0 = one for each processor. They run behind all"
                        + " that answers, where the system can do that.")
        int quantize_threads() default 0;
    }

    private final BlobStore blobs;
    private final ManifestStore manifests;
    private final Gate gate;
    private volatile int threads;
    private final AtomicReference<EngineService> engine = new AtomicReference<>();
    private final AtomicReference<ModelTransfer> transfer = new AtomicReference<>();
    private final AtomicReference<TemplateCheck> templates = new AtomicReference<>();

    /** Binds the store that models come from and go to. */
    @Activate
    public StoredModelBuilder(
            @Reference BlobStore blobs, @Reference ManifestStore manifests, @Reference GgufGate gate, Config config) {
        this(
                blobs,
                manifests,
                gate,
                Defaults.read(
                        Config.class,
                        config,
                        StoredModelBuilder::threads,
                        LoggerFactory.getLogger(StoredModelBuilder.class)::error));
    }

    StoredModelBuilder(BlobStore blobs, ManifestStore manifests, GgufGate gate, int threads) {
        this.gate = new Gate(gate);
        this.blobs = blobs;
        this.manifests = manifests;
        this.threads = threads;
    }

    @Override
    public void check(Map<String, Object> values) {
        Defaults.check(Config.class, values, StoredModelBuilder::threads);
    }

    /** Counts for models that are made from now on. */
    @Modified
    void modified(Config config) {
        try {
            threads = threads(config);
        } catch (IllegalArgumentException e) {
            LoggerFactory.getLogger(StoredModelBuilder.class).error("the setting stays as it was: {}", e.getMessage());
        }
    }

    private static int threads(Config config) {
        int threads = config.quantize_threads();
        if (threads >= 0 && threads <= MOST_THREADS) return threads;
        throw new IllegalArgumentException(PID + ": quantize.threads is " + threads + "; write 0 to " + MOST_THREADS);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setEngine(EngineService service) {
        engine.set(service);
    }

    void unsetEngine(EngineService service) {
        engine.compareAndSet(service, null);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setTransfer(ModelTransfer service) {
        transfer.set(service);
    }

    void unsetTransfer(ModelTransfer service) {
        transfer.compareAndSet(service, null);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setTemplates(TemplateCheck service) {
        templates.set(service);
    }

    void unsetTemplates(TemplateCheck service) {
        templates.compareAndSet(service, null);
    }

    @Override
    public StoredModel build(ModelName name, ModelRecipe recipe, Consumer<Progress> told) {
        Steps steps = new Steps(told);
        checkTemplate(recipe);
        StoredModel model;
        try (Workshop workshop = new Workshop(blobs, gate)) {
            Blueprint blueprint = creation(workshop, steps).blueprint(recipe);
            byte[] manifest = manifests.write(blueprint.store(blobs, steps));
            Steps.stopIfInterrupted();
            model = manifests.install(name, manifest, told);
        }
        told.accept(Progress.step(Progress.SUCCESS));
        return model;
    }

    private void checkTemplate(ModelRecipe recipe) {
        TemplateCheck check = templates.get();
        if (check == null) return;
        recipe.changes().template().ifPresent(text -> check.check(new ChatTemplate(ChatTemplate.Language.GO, text)));
    }

    private Creation creation(Workshop workshop, Steps steps) {
        return new Creation(
                gate,
                manifests,
                new Parents(manifests, Optional.ofNullable(transfer.get()), workshop, steps),
                new FilesImport(workshop, steps),
                new Quantization(workshop, Optional.ofNullable(engine.get()), threads, steps),
                steps);
    }
}
