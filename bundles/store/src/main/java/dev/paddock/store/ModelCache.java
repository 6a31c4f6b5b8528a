package dev.paddock.store;

import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.StoredModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers what was read of a model for as long as its manifest and its weights are the same files; of a damaged model,
 * all its files. Two system calls a model, then, make a listing. Safe for many threads; two may read the same model at
 * once.
 */
final class ModelCache {
    private static final Logger LOG = LoggerFactory.getLogger(ModelCache.class);

    /** What reading a model gave. */
    sealed interface Outcome {
        /** @param digests every blob that it needs */
        record Read(StoredModel model, Set<Digest> digests) implements Outcome {}

        record Unreadable(IOException why) implements Outcome {}
    }

    /** @param watched the files that it was read from, with their stamps; none when it is to be read again each time */
    private record Entry(Stamp manifest, Map<Path, Stamp> watched, Outcome outcome) {
        boolean isTrue(Stamp manifestNow) {
            return manifest.equals(manifestNow)
                    && outcome instanceof Outcome.Read
                    && watched.entrySet().stream()
                            .allMatch(e -> Stamp.of(e.getKey()).equals(e.getValue()));
        }

        String complaint() {
            return switch (outcome) {
                case Outcome.Read(StoredModel model, var _) -> model.damage();
                case Outcome.Unreadable(IOException why) -> "it is left out: " + StoreFaults.reason(why);
            };
        }
    }

    private final ModelReader reader;
    private final DamageBook damage;
    private final Map<Path, Entry> entries = new ConcurrentHashMap<>();

    ModelCache(ModelReader reader, DamageBook damage) {
        this.reader = reader;
        this.damage = damage;
    }

    Outcome get(ManifestFile file) {
        // Stamped before reading: a change meanwhile makes the entry stale, not wrong.
        Stamp manifest = Stamp.of(file.path());
        Entry known = entries.get(file.path());
        if (known != null && known.isTrue(manifest)) return withDamage(known.outcome());
        Entry fresh = read(file, manifest);
        complain(file, known, fresh);
        entries.put(file.path(), fresh);
        return withDamage(fresh.outcome());
    }

    /** Forgets models that are no longer there. */
    void retain(Collection<ManifestFile> files) {
        entries.keySet().retainAll(files.stream().map(ManifestFile::path).collect(Collectors.toSet()));
    }

    /** The blobs of every model that was read. */
    Map<ModelName, Set<Digest>> digests() {
        Map<ModelName, Set<Digest>> digests = new LinkedHashMap<>();
        for (Entry entry : entries.values()) {
            if (entry.outcome() instanceof Outcome.Read(StoredModel model, Set<Digest> blobs)) {
                digests.put(model.name(), blobs);
            }
        }
        return digests;
    }

    private Entry read(ManifestFile file, Stamp manifest) {
        try {
            ModelReader.Result result = reader.read(file);
            StoredModel model = result.model();
            Map<Path, Stamp> watched = new HashMap<>();
            if (model.damage().isEmpty()) watched.put(model.weights(), result.weights());
            else result.digests().forEach(digest -> watched.put(reader.path(digest), Stamp.of(reader.path(digest))));
            return new Entry(manifest, watched, new Outcome.Read(model, result.digests()));
        } catch (IOException e) {
            return new Entry(manifest, Map.of(), new Outcome.Unreadable(e));
        }
    }

    private static void complain(ManifestFile file, Entry before, Entry now) {
        String complaint = now.complaint();
        if (complaint.isEmpty() || (before != null && before.complaint().equals(complaint))) return;
        // A manifest that vanished between listing and reading was simply deleted.
        if (file.isThere()) LOG.warn("model {}: {}", file.name().display(), complaint);
    }

    private Outcome withDamage(Outcome outcome) {
        if (damage.isEmpty() || !(outcome instanceof Outcome.Read(StoredModel model, Set<Digest> digests)))
            return outcome;
        for (Digest digest : digests) {
            Optional<String> reason = damage.reason(digest);
            if (reason.isPresent()) {
                return new Outcome.Read(model.withDamage("blob " + digest + " " + reason.get()), digests);
            }
        }
        return outcome;
    }
}
