package dev.paddock.store;

import dev.paddock.api.model.StoredModel;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers what was read of a model for as long as its manifest and its weights are the same files. Two system calls a
 * model, then, make a listing. Safe for many threads; two may read the same model at once.
 */
final class ModelCache {
    private static final Logger LOG = LoggerFactory.getLogger(ModelCache.class);

    /** What reading a model gave. */
    sealed interface Outcome {
        record Sound(StoredModel model) implements Outcome {}

        record Unreadable(IOException why) implements Outcome {}
    }

    private record Entry(Stamp manifest, Stamp weights, Outcome outcome) {}

    private final ModelReader reader;
    private final Map<Path, Entry> entries = new ConcurrentHashMap<>();

    ModelCache(ModelReader reader) {
        this.reader = reader;
    }

    Outcome get(ManifestFile file) {
        // Stamped before reading: a change meanwhile makes the entry stale, not wrong.
        Stamp manifest = Stamp.of(file.path());
        Entry known = entries.get(file.path());
        if (known != null && known.manifest().equals(manifest) && stillTrue(known)) return known.outcome();
        boolean complainedOf = known != null && known.manifest().equals(manifest);
        Entry fresh = read(file, manifest, !complainedOf);
        entries.put(file.path(), fresh);
        return fresh.outcome();
    }

    /** Forgets models that are no longer there. */
    void retain(Collection<ManifestFile> files) {
        entries.keySet().retainAll(files.stream().map(ManifestFile::path).collect(Collectors.toSet()));
    }

    private Entry read(ManifestFile file, Stamp manifest, boolean complain) {
        try {
            StoredModel model = reader.read(file);
            return new Entry(manifest, Stamp.of(model.weights()), new Outcome.Sound(model));
        } catch (IOException e) {
            // A manifest that vanished between listing and reading was simply deleted.
            boolean deleted =
                    e instanceof NoSuchFileException && Stamp.of(file.path()).size() < 0;
            if (complain && !deleted) LOG.warn("manifest {} is left out: {}", file.path(), StoreFaults.reason(e));
            return new Entry(manifest, manifest, new Outcome.Unreadable(e));
        }
    }

    private static boolean stillTrue(Entry known) {
        return switch (known.outcome()) {
            case Outcome.Sound(StoredModel model) -> Stamp.of(model.weights()).equals(known.weights());
            // A missing blob may have come meanwhile; reading a broken manifest again is cheap.
            case Outcome.Unreadable _ -> false;
        };
    }
}
