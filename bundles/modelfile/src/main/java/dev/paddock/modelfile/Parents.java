package dev.paddock.modelfile;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.Progress;
import dev.paddock.api.store.Layer;
import dev.paddock.api.store.Manifest;
import dev.paddock.api.store.ManifestStore;
import dev.paddock.api.store.MediaType;
import dev.paddock.api.store.StoredManifest;
import dev.paddock.api.transfer.ModelTransfer;
import dev.paddock.api.transfer.RemoteModel;
import dev.paddock.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;

/** Finds the models that others are made of; those that are not installed are pulled where that is possible. */
final class Parents {
    private final ManifestStore manifests;
    private final Optional<ModelTransfer> transfer;
    private final Workshop workshop;
    private final Steps steps;

    Parents(ManifestStore manifests, Optional<ModelTransfer> transfer, Workshop workshop, Steps steps) {
        this.manifests = manifests;
        this.transfer = transfer;
        this.workshop = workshop;
        this.steps = steps;
    }

    /** Puts all that the parent has into a blueprint. */
    void derive(ModelName name, Blueprint blueprint) {
        StoredManifest stored = manifests.manifest(name).orElseGet(() -> pulled(name));
        Manifest manifest = stored.manifest();
        String source = stored.name().display();
        if (manifest.last(MediaType.MODEL).isEmpty()) throw noWeights(source, manifest);
        Layer config = manifest.config()
                .orElseThrow(() -> new PaddockException(
                        Fault.MODEL_DAMAGED, "model '" + source + "' is damaged: it has no configuration"));
        blueprint.config().putAll(object(config.takenFrom(source)));
        manifest.layers().forEach(layer -> blueprint.take(layer.takenFrom(source)));
    }

    private StoredManifest pulled(ModelName name) {
        ModelTransfer puller = transfer.orElseThrow(() -> notFound(name));
        puller.pull(new RemoteModel(name, false), false, progress -> {
            // The task is not over when this part of it is.
            if (!progress.status().equals(Progress.SUCCESS)) steps.say(progress);
        });
        return manifests.manifest(name).orElseThrow(() -> notFound(name));
    }

    private static PaddockException notFound(ModelName name) {
        return new PaddockException(Fault.MODEL_NOT_FOUND, "model '" + name.display() + "' not found");
    }

    private static PaddockException noWeights(String source, Manifest manifest) {
        if (!manifest.all(MediaType.TENSOR).isEmpty()) {
            return new PaddockException(
                    Fault.UNSUPPORTED,
                    "model '" + source + "' is in safetensors form, which this server does not run; make it of its"
                            + " original files or of a GGUF file");
        }
        return new PaddockException(Fault.MODEL_DAMAGED, "model '" + source + "' is damaged: it has no GGUF weights");
    }

    /** A small layer that is a JSON object. */
    Map<String, Object> object(Layer layer) {
        var blob = workshop.blobs().find(layer.digest()).orElseThrow(() -> Blueprint.gone(layer));
        try (var content = Files.newInputStream(blob.file())) {
            return Json.object(content.readNBytes(Json.MAX_BYTES + 1));
        } catch (IOException e) {
            throw new PaddockException(
                    Fault.MODEL_DAMAGED, "blob " + layer.digest() + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** A large layer of the parent, to be looked at or worked on. */
    Piece piece(Layer layer) {
        var blob = workshop.blobs().find(layer.digest()).orElseThrow(() -> Blueprint.gone(layer));
        return new Piece(layer.mediaType(), layer.from(), blob.file(), () -> blob);
    }
}
