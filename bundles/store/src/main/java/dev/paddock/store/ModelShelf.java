package dev.paddock.store;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.model.Progress;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.model.TensorFact;
import dev.paddock.api.store.Blob;
import dev.paddock.api.store.BlobStore;
import dev.paddock.api.store.Manifest;
import dev.paddock.api.store.ManifestStore;
import dev.paddock.api.store.PartialBlob;
import dev.paddock.api.store.Scratch;
import dev.paddock.api.store.StoredManifest;
import dev.paddock.gguf.GgufFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Reading and changing the store, without anything that happens at start. Reading takes no lock and copes with what
 * changes meanwhile; one lock makes creating, deleting and pruning exclude each other.
 */
final class ModelShelf implements ModelStore, ManifestStore, BlobStore {
    private final Blobs blobs;
    private final ManifestTree tree;
    private final ModelCache cache;
    private final Removal removal;
    private final boolean prune;
    private final ReentrantLock lock = new ReentrantLock();

    ModelShelf(StoreLayout layout, boolean prune) {
        this.blobs = new Blobs(layout);
        this.tree = new ManifestTree(layout);
        this.cache = new ModelCache(new ModelReader(blobs));
        this.removal = new Removal(blobs, tree);
        this.prune = prune;
    }

    ManifestTree tree() {
        return tree;
    }

    ReentrantLock lock() {
        return lock;
    }

    @Override
    public List<StoredModel> list() {
        try {
            List<ManifestFile> files = tree.list().files();
            cache.retain(files);
            List<StoredModel> models = new ArrayList<>();
            for (ManifestFile file : files) {
                if (cache.get(file) instanceof ModelCache.Outcome.Sound(StoredModel model)) models.add(model);
            }
            models.sort(Comparator.comparing(StoredModel::modifiedAt).reversed().thenComparing(model -> model.name()
                    .full()));
            return models;
        } catch (IOException e) {
            throw StoreFaults.failed("cannot list the models", e);
        }
    }

    /** @throws PaddockException with {@link Fault#MODEL_DAMAGED} when it is there but cannot be read */
    @Override
    public Optional<StoredModel> find(ModelName name) {
        try {
            Optional<ManifestFile> file = tree.find(name);
            if (file.isEmpty()) return Optional.empty();
            ModelCache.Outcome outcome = cache.get(file.get());
            boolean deletedMeanwhile = outcome instanceof ModelCache.Outcome.Unreadable
                    && !file.get().isThere();
            return deletedMeanwhile ? Optional.empty() : Optional.of(readable(file.get(), outcome));
        } catch (IOException e) {
            throw StoreFaults.failed("cannot look up model '" + name.display() + "'", e);
        }
    }

    private static StoredModel readable(ManifestFile file, ModelCache.Outcome outcome) {
        return switch (outcome) {
            case ModelCache.Outcome.Sound(StoredModel model) -> model;
            case ModelCache.Outcome.Unreadable(IOException why) -> throw StoreFaults.damaged(file.name(), why);
        };
    }

    @Override
    public Map<String, Object> metadata(StoredModel model, Path file) {
        return header(model, file).metadata();
    }

    @Override
    public List<TensorFact> tensors(StoredModel model) {
        return header(model, model.weights()).tensors().stream()
                .map(tensor -> new TensorFact(tensor.name(), tensor.type().name(), tensor.dims()))
                .toList();
    }

    private static GgufFile header(StoredModel model, Path file) {
        try {
            return GgufFile.read(file);
        } catch (IOException e) {
            throw StoreFaults.damaged(model.name(), e);
        }
    }

    @Override
    public Optional<Blob> find(Digest digest) {
        return blobs.find(digest);
    }

    @Override
    public Optional<Blob> keep(Digest digest) {
        Optional<Blob> blob = blobs.find(digest);
        if (blob.isPresent()) blobs.touch(digest);
        return blob;
    }

    @Override
    public Blob put(InputStream content) {
        return blobs.put(content);
    }

    @Override
    public Blob put(Digest expected, InputStream content) {
        return blobs.put(expected, content);
    }

    @Override
    public Scratch scratch(long bytes) {
        requireRoom(bytes);
        return blobs.scratch();
    }

    @Override
    public PartialBlob partial(Digest digest, long size) {
        throw new PaddockException(Fault.UNSUPPORTED, "no part of this store takes content in pieces");
    }

    @Override
    public void requireRoom(long bytes) {}

    @Override
    public Optional<StoredManifest> manifest(ModelName name) {
        try {
            Optional<ManifestFile> file = tree.find(name);
            if (file.isEmpty()) return Optional.empty();
            byte[] content = file.get().content();
            return Optional.of(new StoredManifest(file.get().name(), content, Manifests.parse(content)));
        } catch (IOException e) {
            throw StoreFaults.damaged(name, e);
        }
    }

    @Override
    public Manifest parse(byte[] content) {
        try {
            return Manifests.parse(content);
        } catch (IOException e) {
            throw StoreFaults.invalid("this is no manifest of a model: " + e.getMessage());
        }
    }

    @Override
    public byte[] write(Manifest manifest) {
        return Manifests.bytes(manifest);
    }

    @Override
    public Map<String, Object> describe(Path weights) {
        try {
            return ModelFacts.config(GgufFile.read(weights, 0));
        } catch (IOException e) {
            throw StoreFaults.invalid("the file is not a sound GGUF file: " + e.getMessage());
        }
    }

    @Override
    public StoredModel install(ModelName name, byte[] content, Consumer<Progress> told) {
        Manifest manifest = parse(content);
        requireWhole(manifest);
        told.accept(Progress.step("writing manifest"));
        try {
            return replace(name, content);
        } catch (IOException e) {
            throw StoreFaults.failed("cannot install model '" + name.display() + "'", e);
        }
    }

    private void requireWhole(Manifest manifest) {
        if (manifest.config().isEmpty()) throw StoreFaults.invalid("the manifest names no configuration");
        manifest.references().forEach(layer -> {
            Optional<Blob> blob = keep(layer.digest());
            if (blob.isEmpty() || blob.get().size() != layer.size()) {
                throw new PaddockException(Fault.STORE_FAILED, "blob " + layer.digest() + " is not there in full");
            }
        });
    }

    private StoredModel replace(ModelName name, byte[] content) throws IOException {
        lock.lock();
        try {
            ModelName spelled = tree.spelling(name);
            Set<Digest> before = digestsOf(tree.find(spelled));
            ManifestFile file = tree.write(spelled, content);
            if (prune && !before.isEmpty()) removal.unused(before);
            return readable(file, cache.get(file));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void copy(ModelName source, ModelName destination) {
        StoredManifest manifest = manifest(source).orElseThrow(() -> StoreFaults.notFound(source));
        if (!source.matches(destination)) install(destination, manifest.content(), _ -> {});
    }

    @Override
    public Freed delete(ModelName name) {
        lock.lock();
        try {
            ManifestFile file = tree.find(name).orElseThrow(() -> StoreFaults.notFound(name));
            Set<Digest> digests = digestsOf(Optional.of(file));
            tree.delete(file);
            return removal.unused(digests);
        } catch (IOException e) {
            throw StoreFaults.failed("cannot delete model '" + name.display() + "'", e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void used(StoredModel model) {}

    @Override
    public List<ModelName> adopt(Path source, Optional<ModelName> name, Consumer<Progress> told) {
        throw new PaddockException(Fault.UNSUPPORTED, "no part of this store takes models over");
    }

    /** The blobs of a manifest that goes away; none when it cannot be read, and pruning finds them later. */
    private static Set<Digest> digestsOf(Optional<ManifestFile> file) {
        try {
            return file.isEmpty() ? Set.of() : file.get().read().digests();
        } catch (IOException e) {
            return Set.of();
        }
    }
}
