package dev.paddock.store;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.ModelRecipe;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.model.StoredModel;
import dev.paddock.gguf.GgufFile;
import java.io.IOException;
import java.io.InputStream;
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
final class ModelShelf implements ModelStore {
    private final Blobs blobs;
    private final ManifestTree tree;
    private final ModelCache cache;
    private final Creation creation;
    private final Removal removal;
    private final boolean prune;
    private final ReentrantLock lock = new ReentrantLock();

    ModelShelf(StoreLayout layout, boolean prune) {
        this.blobs = new Blobs(layout);
        this.tree = new ManifestTree(layout);
        this.cache = new ModelCache(new ModelReader(blobs));
        this.creation = new Creation(blobs, tree);
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
    public Map<String, Object> metadata(StoredModel model) {
        try {
            return GgufFile.read(model.weights()).metadata();
        } catch (IOException e) {
            throw StoreFaults.damaged(model.name(), e);
        }
    }

    @Override
    public boolean hasBlob(Digest digest) {
        return blobs.has(digest);
    }

    @Override
    public void putBlob(Digest expected, InputStream content) {
        blobs.put(expected, content);
    }

    /** Stores content whose digest nobody knows yet. */
    Digest putBlob(InputStream content) throws IOException {
        return blobs.put(content);
    }

    @Override
    public StoredModel create(ModelName name, ModelRecipe recipe, Consumer<String> progress) {
        try {
            Draft draft = creation.draft(recipe, progress);
            // Told after the lock is free: whoever listens may be slow.
            List<String> steps = new ArrayList<>();
            StoredModel model = replace(name, draft, steps);
            steps.forEach(progress);
            progress.accept("success");
            return model;
        } catch (IOException e) {
            throw StoreFaults.failed("cannot create model '" + name.display() + "'", e);
        }
    }

    private StoredModel replace(ModelName name, Draft draft, List<String> steps) throws IOException {
        lock.lock();
        try {
            Manifest manifest = creation.store(draft, steps::add);
            steps.add("writing manifest");
            ModelName spelled = tree.spelling(name);
            Set<Digest> before = digestsOf(tree.find(spelled));
            ManifestFile file = tree.write(spelled, manifest);
            if (prune && !before.isEmpty()) removal.unused(before);
            return readable(file, cache.get(file));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void delete(ModelName name) {
        lock.lock();
        try {
            ManifestFile file = tree.find(name).orElseThrow(() -> StoreFaults.notFound(name));
            Set<Digest> digests = digestsOf(Optional.of(file));
            tree.delete(file);
            removal.unused(digests);
        } catch (IOException e) {
            throw StoreFaults.failed("cannot delete model '" + name.display() + "'", e);
        } finally {
            lock.unlock();
        }
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
