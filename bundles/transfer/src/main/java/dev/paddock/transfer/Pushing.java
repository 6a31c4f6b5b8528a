package dev.paddock.transfer;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.Progress;
import dev.paddock.api.store.Blob;
import dev.paddock.api.store.Layer;
import dev.paddock.api.store.MediaType;
import dev.paddock.api.store.StoredManifest;
import dev.paddock.json.Json;
import java.io.IOException;
import java.util.function.Consumer;

/** One push, from the installed model to the manifest in the registry. One thread. */
final class Pushing {
    private final Shelves shelves;
    private final Lines lines;
    private final Consumer<Progress> told;

    Pushing(Shelves shelves, Lines lines, Consumer<Progress> told) {
        this.shelves = shelves;
        this.lines = lines;
        this.told = told;
    }

    void run(ModelName name, Registry registry) throws InterruptedException {
        StoredManifest stored = shelves.manifests().manifest(name).orElseThrow(() -> {
            told.accept(Progress.step("couldn't retrieve manifest"));
            return new PaddockException(Fault.MODEL_NOT_FOUND, "model '" + name.display() + "' not found");
        });
        for (Layer layer : stored.manifest().references().toList()) push(layer, name, registry);
        told.accept(Progress.step("pushing manifest"));
        try {
            Background.of("transfer-manifest", () -> {
                lines.newTries().run(() -> put(name, stored, registry));
                return null;
            });
        } catch (IOException e) {
            throw TransferFaults.of("", e);
        }
        told.accept(Progress.step(Progress.SUCCESS));
    }

    private static Void put(ModelName name, StoredManifest stored, Registry registry) throws IOException {
        String said = Json.text(Json.object(stored.content()), "mediaType");
        registry.putManifest(name.tag(), stored.content(), said.isEmpty() ? MediaType.MANIFEST : said);
        return null;
    }

    private void push(Layer layer, ModelName name, Registry registry) throws InterruptedException {
        Blob blob = shelves.blobs()
                .find(layer.digest())
                .filter(found -> found.size() == layer.size())
                .orElseThrow(() -> new PaddockException(
                        Fault.MODEL_DAMAGED,
                        "model '" + name.display() + "' is damaged: " + layer.digest() + " is not there in full"));
        String status = "pushing " + layer.digest().hex().substring(0, 12);
        var upload = new Upload(registry, layer, blob.file(), lines);
        try (var background = new Background<Void>(
                "transfer-blob",
                () -> {
                    upload.run();
                    return null;
                },
                () -> {})) {
            background.start();
            while (!background.await(Pulling.TELL_MILLIS)) tell(status, layer, upload.completed());
            background.outcome();
        }
        tell(status, layer, layer.size());
    }

    private void tell(String status, Layer layer, long completed) {
        told.accept(Progress.of(status, layer.digest(), layer.size(), completed));
    }
}
