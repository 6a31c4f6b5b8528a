package dev.paddock.transfer;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.Progress;
import dev.paddock.api.store.Blob;
import dev.paddock.api.store.BlobStore;
import dev.paddock.api.store.Layer;
import dev.paddock.api.store.Manifest;
import dev.paddock.api.store.ManifestStore;
import dev.paddock.api.store.MediaType;
import dev.paddock.transfer.net.Session;
import dev.paddock.transfer.net.WrongAnswerException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One pull, from the manifest to the installed model. One thread. */
final class Pulling {
    /** How often a client hears of progress. */
    static final long TELL_MILLIS = 60;

    private static final Logger LOG = LoggerFactory.getLogger(Pulling.class);
    private static final int MAX_LAYERS = 1000;
    private static final int MAX_INDEXES = 2;

    private final Shelves shelves;
    private final Downloads downloads;
    private final Lines lines;
    private final Consumer<Progress> told;

    /**
     * Where models are put.
     *
     * @param blobs content
     * @param manifests what it makes
     */
    record Shelves(BlobStore blobs, ManifestStore manifests) {}

    Pulling(Shelves shelves, Downloads downloads, Lines lines, Consumer<Progress> told) {
        this.shelves = shelves;
        this.downloads = downloads;
        this.lines = lines;
        this.told = told;
    }

    /**
     * What to install.
     *
     * @param content the manifest's bytes
     * @param manifest what they say
     * @param registries where the blobs are, the one that the manifest came from first
     */
    record Found(byte[] content, Manifest manifest, List<Registry> registries) {}

    /** @param registries in the order in which they are asked */
    void run(ModelName name, List<Registry> registries) throws InterruptedException {
        Found found = found(name, registries);
        Manifest manifest = found.manifest();
        requirePlausible(name, manifest);
        requireRoom(manifest);
        for (Layer layer : manifest.references().toList()) fetch(layer, found.registries());
        told.accept(Progress.step("verifying sha256 digest"));
        shelves.manifests().install(name, found.content(), told);
        told.accept(Progress.step(Progress.SUCCESS));
    }

    private Found found(ModelName name, List<Registry> registries) throws InterruptedException {
        try {
            return Background.of("transfer-manifest", () -> find(name, registries));
        } catch (IOException e) {
            throw TransferFaults.of("pull model manifest: ", e);
        }
    }

    private Found find(ModelName name, List<Registry> registries) throws IOException, InterruptedException {
        IOException failure = null;
        for (Registry registry : registries) {
            try {
                byte[] content = lines.forFirst().run(() -> manifest(registry, name.tag()));
                return new Found(content, parsed(content), from(registry, registries));
            } catch (IOException e) {
                if (failure != null) e.addSuppressed(failure);
                failure = e;
                LOG.debug("no manifest of {} from {}: {}", name.display(), registry.host(), e.getMessage());
            }
        }
        if (failure == null) throw new IllegalStateException("there is no registry");
        throw failure;
    }

    private Manifest parsed(byte[] content) throws WrongAnswerException {
        try {
            return shelves.manifests().parse(content);
        } catch (PaddockException e) {
            throw new WrongAnswerException(e.getMessage());
        }
    }

    private static List<Registry> from(Registry first, List<Registry> all) {
        List<Registry> order = new ArrayList<>(all);
        order.remove(first);
        order.addFirst(first);
        return order;
    }

    private static byte[] manifest(Registry registry, String tag) throws IOException {
        byte[] content = registry.fetchManifest(tag);
        for (int depth = 0; depth < MAX_INDEXES; depth++) {
            Optional<Digest> next = ManifestChoice.here().next(content);
            if (next.isEmpty()) return content;
            content = registry.fetchManifest(next.get().toString());
            if (!Digest.of(content).equals(next.get())) {
                throw new WrongAnswerException("the registry's manifest is not the one of its index: want " + next.get()
                        + ", got " + Digest.of(content));
            }
        }
        throw new WrongAnswerException("the registry's index leads to another index");
    }

    private static void requirePlausible(ModelName name, Manifest manifest) {
        if (manifest.layers().size() > MAX_LAYERS) {
            throw invalid(
                    "the manifest names " + manifest.layers().size() + " layers, at most " + MAX_LAYERS + " are taken");
        }
        if (manifest.config().isEmpty() || manifest.layers().isEmpty()) {
            throw invalid("the registry's manifest is none of a model: it names no configuration or no layers");
        }
        if (!manifest.all(MediaType.TENSOR).isEmpty()) {
            throw new PaddockException(
                    Fault.UNSUPPORTED,
                    "model '" + name.display()
                            + "' consists of single tensors (safetensors), which this server cannot run;"
                            + " pull a GGUF variant of it, or create one from the safetensors folder");
        }
    }

    private static PaddockException invalid(String message) {
        return new PaddockException(Fault.INVALID_REQUEST, message);
    }

    /** All at once, so that a pull does not stop halfway for want of room. */
    private void requireRoom(Manifest manifest) {
        long bytes = 0;
        for (Layer layer : manifest.references().distinct().toList()) {
            if (isThere(layer)) continue;
            long missing = layer.size() - Math.min(layer.size(), shelves.blobs().begun(layer.digest()));
            bytes = bytes > Long.MAX_VALUE - missing ? Long.MAX_VALUE : bytes + missing;
        }
        if (bytes > 0) shelves.blobs().requireRoom(bytes);
    }

    private boolean isThere(Layer layer) {
        Optional<Blob> blob = shelves.blobs().keep(layer.digest());
        return blob.isPresent() && blob.get().size() == layer.size();
    }

    private void fetch(Layer layer, List<Registry> registries) throws InterruptedException {
        String status = "pulling " + layer.digest().hex().substring(0, 12);
        while (!isThere(layer)) {
            try (var place = join(layer, registries)) {
                while (!place.await(TELL_MILLIS)) tell(status, layer, place.completed());
                try {
                    place.outcome();
                    break;
                } catch (PaddockException e) {
                    // What was begun by another pull may have failed for reasons of its own.
                    if (place.first()) throw e;
                }
            }
        }
        tell(status, layer, layer.size());
    }

    private Downloads.Place join(Layer layer, List<Registry> registries) {
        Session session = registries.getFirst().session();
        return downloads.join(
                layer.digest(),
                layer.size(),
                () -> {
                    session.hold();
                    var sources = registries.stream()
                            .map(registry -> new BlobSource(registry, layer))
                            .toList();
                    return new Download(shelves.blobs(), layer, sources, lines);
                },
                session::close);
    }

    private void tell(String status, Layer layer, long completed) {
        told.accept(Progress.of(status, layer.digest(), layer.size(), completed));
    }
}
