package dev.paddock.modelfile;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.ModelRecipe;
import dev.paddock.api.model.Option;
import dev.paddock.api.model.Progress;
import dev.paddock.api.store.Blob;
import dev.paddock.api.store.BlobStore;
import dev.paddock.api.store.Layer;
import dev.paddock.api.store.Manifest;
import dev.paddock.api.store.ManifestStore;
import dev.paddock.api.store.MediaType;
import dev.paddock.api.store.StoredManifest;
import dev.paddock.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Turns a recipe into layers: what comes from files or the parent, then what the recipe changes. */
final class Creation {
    private final BlobStore blobs;
    private final ManifestStore manifests;

    Creation(BlobStore blobs, ManifestStore manifests) {
        this.blobs = blobs;
        this.manifests = manifests;
    }

    Draft draft(ModelRecipe recipe, Consumer<Progress> told) {
        ModelRecipe.Source source = recipe.source();
        if (source.from().isEmpty() && source.files().isEmpty()) {
            throw Faults.invalid("neither 'from' or 'files' was specified");
        }
        Draft draft = source.from().isPresent()
                ? derived(source.from().get())
                : new WeightsImport(blobs, manifests).read(source.files(), told);
        change(draft, recipe.changes());
        return draft;
    }

    private Draft derived(ModelName parent) {
        StoredManifest stored = manifests
                .manifest(parent)
                .orElseThrow(() ->
                        new PaddockException(Fault.MODEL_NOT_FOUND, "model '" + parent.display() + "' not found"));
        Manifest manifest = stored.manifest();
        Optional<Layer> config = manifest.config();
        if (config.isEmpty() || manifest.last(MediaType.MODEL).isEmpty()) {
            throw new PaddockException(
                    Fault.MODEL_DAMAGED,
                    "model '" + parent.display() + "' is damaged: it has no configuration or no GGUF weights");
        }
        String source = stored.name().display();
        List<Layer> layers =
                manifest.layers().stream().map(l -> l.takenFrom(source)).toList();
        return new Draft(object(config.get()), layers);
    }

    private void change(Draft draft, ModelRecipe.Changes changes) {
        changes.template().ifPresent(text -> {
            draft.remove(MediaType.PROMPT);
            draft.replace(MediaType.TEMPLATE, utf8(text));
        });
        changes.system().ifPresent(text -> draft.replace(MediaType.SYSTEM, utf8(text)));
        changes.licenses().forEach(text -> draft.add(MediaType.LICENSE, utf8(text)));
        if (!changes.options().values().isEmpty()) draft.replace(MediaType.PARAMS, mergedOptions(draft, changes));
        if (!changes.messages().isEmpty()) {
            draft.replace(MediaType.MESSAGES, StoredMessages.bytes(changes.messages()));
        }
    }

    /** Merged as JSON, so that options of the parent that we do not know stay in the model. */
    private byte[] mergedOptions(Draft draft, ModelRecipe.Changes changes) {
        Map<String, Object> merged = new LinkedHashMap<>();
        for (Layer layer : draft.layers()) {
            if (layer.mediaType().equals(MediaType.PARAMS)) merged.putAll(object(layer));
        }
        for (Map.Entry<Option, Object> option : changes.options().values().entrySet()) {
            merged.put(option.getKey().key(), option.getValue());
        }
        return Json.bytes(merged);
    }

    private Map<String, Object> object(Layer layer) {
        Blob blob = blobs.find(layer.digest()).orElseThrow(() -> WeightsImport.missing(layer.digest()));
        try (var content = Files.newInputStream(blob.file())) {
            return Json.object(content.readNBytes(Json.MAX_BYTES + 1));
        } catch (IOException e) {
            throw new PaddockException(
                    Fault.MODEL_DAMAGED, "blob " + layer.digest() + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Makes sure that every blob of a draft is there.
     *
     * @param told each layer and whether it is new
     */
    Manifest store(Draft draft, Consumer<Progress> told) {
        Layer config = draft.layer(MediaType.CONFIG, Json.bytes(draft.config()));
        for (Layer layer : draft.layers()) {
            boolean fresh = present(draft, layer.digest());
            told.accept(Progress.step((fresh ? "creating new layer " : "using existing layer ") + layer.digest()));
        }
        present(draft, config.digest());
        return new Manifest(Optional.of(config), draft.layers());
    }

    private boolean present(Draft draft, Digest digest) {
        if (blobs.keep(digest).isPresent()) return false;
        byte[] content = draft.content(digest);
        if (content == null) throw WeightsImport.missing(digest);
        blobs.put(digest, new ByteArrayInputStream(content));
        return true;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
