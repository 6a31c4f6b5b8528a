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
import dev.paddock.api.store.MediaType;
import dev.paddock.api.store.PartialBlob;
import dev.paddock.api.store.Scratch;
import dev.paddock.api.store.StoredManifest;
import dev.paddock.gguf.GgufFile;
import dev.paddock.gguf.GgufGate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reading and changing the store, without anything that happens at start. Reading takes no lock and copes with what
 * changes meanwhile; one lock makes naming, deleting and pruning exclude each other, between servers too.
 */
final class ModelShelf implements ModelStore, ManifestStore, BlobStore {
    private final GgufGate gate;
    private final Blobs blobs;
    private final Partials partials;
    private final ManifestTree tree;
    private final ModelCache cache;
    private final Removal removal;
    private final Stock stock;

    ModelShelf(Stock stock) {
        this.stock = stock;
        this.gate = stock.gate();
        this.blobs = stock.blobs();
        this.partials = new Partials(stock.layout(), blobs);
        this.tree = stock.tree();
        this.cache = new ModelCache(
                new ModelReader(blobs, gate, stock.settings().templates()),
                stock.books().damage());
        this.removal = new Removal(blobs, stock.books(), tree);
    }

    ManifestTree tree() {
        return tree;
    }

    Stock stock() {
        return stock;
    }

    /** The blobs of every model that can be read. */
    Map<ModelName, Set<Digest>> digests() {
        list();
        return cache.digests();
    }

    @Override
    public List<StoredModel> list() {
        try {
            List<ManifestFile> files = tree.list().files();
            cache.retain(files);
            List<StoredModel> models = new ArrayList<>();
            for (ManifestFile file : files) {
                if (cache.get(file) instanceof ModelCache.Outcome.Read(StoredModel model, var _)) models.add(model);
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
            case ModelCache.Outcome.Read(StoredModel model, var _) -> model;
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

    private GgufFile header(StoredModel model, Path file) {
        try {
            return gate.read(file);
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
        return blobs.keep(digest);
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
        return partials.open(digest, size, this::requireRoom);
    }

    @Override
    public long begun(Digest digest) {
        return partials.begun(digest);
    }

    @Override
    public void requireRoom(long bytes) {
        blobs.room().require(bytes);
    }

    @Override
    public Optional<StoredManifest> manifest(ModelName name) {
        Optional<ManifestFile> file = Optional.empty();
        try {
            file = tree.find(name);
            if (file.isEmpty()) return Optional.empty();
            byte[] content = file.get().content();
            return Optional.of(new StoredManifest(file.get().name(), content, Manifests.parse(content)));
        } catch (IOException e) {
            boolean deletedMeanwhile = file.isPresent() && !file.get().isThere();
            if (deletedMeanwhile) return Optional.empty();
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
            return ModelFacts.config(gate.read(weights, 0));
        } catch (IOException e) {
            throw StoreFaults.invalid("the file is not a sound GGUF file: " + e.getMessage());
        }
    }

    @Override
    public StoredModel install(ModelName name, byte[] content, Consumer<Progress> told) {
        Manifest manifest = parse(content);
        if (manifest.config().isEmpty()) throw StoreFaults.invalid("the manifest names no configuration");
        if (manifest.last(MediaType.MODEL).isEmpty()) throw StoreFaults.invalid("the manifest names no GGUF weights");
        told.accept(Progress.step("writing manifest"));
        try {
            Installed installed = replace(name, manifest, content);
            if (installed.freed().blobs() > 0) told.accept(Progress.step("removing unused layers"));
            return installed.model();
        } catch (IOException e) {
            throw StoreFaults.failed("cannot install model '" + name.display() + "'", e);
        }
    }

    private void requireWhole(Manifest manifest) {
        manifest.references().forEach(layer -> {
            Optional<Blob> blob = blobs.find(layer.digest());
            if (blob.isEmpty() || blob.get().size() != layer.size()) {
                throw new PaddockException(Fault.STORE_FAILED, "blob " + layer.digest() + " is not there in full");
            }
        });
    }

    private record Installed(StoredModel model, Freed freed) {}

    /** The blobs are looked for under the lock: what another server deletes is gone before or stays. */
    private Installed replace(ModelName name, Manifest manifest, byte[] content) throws IOException {
        try (var _ = stock.lock().hold()) {
            requireWhole(manifest);
            ModelName spelled = tree.spelling(name);
            Set<Digest> before = digestsOf(tree.find(spelled));
            ManifestFile file = tree.write(spelled, content);
            stock.books().promises().fulfilled(manifest.digests());
            before.removeAll(manifest.digests());
            boolean unused = stock.settings().prune() && !before.isEmpty();
            Freed freed = unused ? removal.unused(before) : new Freed(0, 0);
            return new Installed(readable(file, cache.get(file)), freed);
        }
    }

    @Override
    public void copy(ModelName source, ModelName destination) {
        StoredManifest manifest = manifest(source).orElseThrow(() -> StoreFaults.notFound(source));
        if (!source.matches(destination)) install(destination, manifest.content(), _ -> {});
    }

    @Override
    public Freed delete(ModelName name) {
        try (var _ = stock.lock().hold()) {
            ManifestFile file = tree.find(name).orElseThrow(() -> StoreFaults.notFound(name));
            Set<Digest> digests = digestsOf(Optional.of(file));
            tree.delete(file);
            stock.books().uses().forget(file.name());
            return removal.unused(digests);
        } catch (IOException e) {
            throw StoreFaults.failed("cannot delete model '" + name.display() + "'", e);
        }
    }

    @Override
    public void used(StoredModel model) {
        stock.books().uses().now(model.name());
    }

    @Override
    public List<ModelName> adopt(Path source, Optional<ModelName> name, Consumer<Progress> told) {
        try {
            return new Adoption(stock, this, told).adopt(source, name);
        } catch (IOException e) {
            throw StoreFaults.failed("cannot adopt " + source, e);
        }
    }

    /** The blobs of a manifest that goes away; none when it cannot be read, and pruning finds them later. */
    private static Set<Digest> digestsOf(Optional<ManifestFile> file) {
        try {
            return file.isEmpty()
                    ? new HashSet<>()
                    : new HashSet<>(file.get().read().digests());
        } catch (IOException e) {
            return new HashSet<>();
        }
    }
}
