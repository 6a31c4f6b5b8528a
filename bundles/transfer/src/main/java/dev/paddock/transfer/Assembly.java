package dev.paddock.transfer;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelBuilder;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.ModelRecipe;
import dev.paddock.api.model.Progress;
import dev.paddock.api.store.Layer;
import dev.paddock.api.store.Manifest;
import dev.paddock.api.store.StoredManifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Makes a model of files that came: whoever makes models here joins the parts and reads what the model is. */
final class Assembly {
    private final Shelves shelves;
    private final Consumer<Progress> told;

    Assembly(Shelves shelves, Consumer<Progress> told) {
        this.shelves = shelves;
        this.told = told;
    }

    void install(ModelName name, Offer.Files offer) {
        ModelBuilder builder = shelves.builder()
                .get()
                .orElseThrow(() -> new PaddockException(
                        Fault.UNSUPPORTED,
                        "model '" + name.display()
                                + "' comes as single files, and the part of this server that makes models of"
                                + " them is not there"));
        Map<String, Digest> files = new LinkedHashMap<>();
        offer.files().forEach((file, wanted) -> files.put(file, wanted.layer().digest()));
        builder.build(name, ModelRecipe.of(ModelRecipe.Source.of(files)), this::tell);
        if (!offer.rest().layers().isEmpty()) add(name, offer.rest().layers());
    }

    /** It is not over yet. */
    private void tell(Progress progress) {
        if (!progress.status().equals(Progress.SUCCESS)) told.accept(progress);
    }

    private void add(ModelName name, List<Layer> layers) {
        StoredManifest made = shelves.manifests().manifest(name).orElseThrow();
        List<Layer> all = new ArrayList<>(made.manifest().layers());
        all.addAll(layers);
        var manifest = new Manifest(made.manifest().config(), all);
        shelves.manifests().install(name, shelves.manifests().write(manifest), told);
    }
}
