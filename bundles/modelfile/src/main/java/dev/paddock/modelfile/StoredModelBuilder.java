package dev.paddock.modelfile;

import dev.paddock.api.model.ModelBuilder;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.ModelRecipe;
import dev.paddock.api.model.Progress;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.store.BlobStore;
import dev.paddock.api.store.ManifestStore;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes models and puts them into the store. */
@Component(service = ModelBuilder.class)
public final class StoredModelBuilder implements ModelBuilder {
    private final ManifestStore manifests;
    private final Creation creation;

    /** Binds the store that models come from and go to. */
    @Activate
    public StoredModelBuilder(@Reference BlobStore blobs, @Reference ManifestStore manifests) {
        this.manifests = manifests;
        this.creation = new Creation(blobs, manifests);
    }

    @Override
    public StoredModel build(ModelName name, ModelRecipe recipe, Consumer<Progress> told) {
        Draft draft = creation.draft(recipe, told);
        byte[] manifest = manifests.write(creation.store(draft, told));
        StoredModel model = manifests.install(name, manifest, told);
        told.accept(Progress.step(Progress.SUCCESS));
        return model;
    }
}
