package dev.paddock.dialect.openai.batches;

import dev.paddock.dialect.openai.files.SafeFile;
import dev.paddock.dialect.openai.files.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All batches, kept in one directory: each a description, and beside it the results as long as it runs. Safe for many threads. */
final class BatchShelf {
    private static final Logger LOG = LoggerFactory.getLogger(BatchShelf.class);
    private static final String DESCRIPTION = ".json";
    /** Within a second the order is that in which they came. */
    private static final Comparator<Batch> OLDEST =
            Comparator.comparing((Batch batch) -> batch.order().created()).thenComparing(Batch::id);

    private final Path directory;
    private final Map<String, Batch> batches = new ConcurrentHashMap<>();

    private BatchShelf(Path directory) {
        this.directory = directory;
    }

    /** Opens the shelf of a directory, which is made. */
    static BatchShelf open(Path directory) throws IOException {
        SafeFile.makeDirectory(directory);
        var shelf = new BatchShelf(directory);
        List<Path> found;
        try (var entries = Files.list(directory)) {
            found = entries.filter(file -> file.toString().endsWith(DESCRIPTION))
                    .toList();
        }
        for (Path file : found) shelf.take(file);
        return shelf;
    }

    private void take(Path file) throws IOException {
        try {
            Batch batch = BatchJson.read(SafeFile.read(file).orElseThrow());
            batches.put(batch.id(), batch);
        } catch (RuntimeException e) {
            LOG.warn("{} cannot be read, and is left alone", file.getFileName(), e);
        }
    }

    /** The batch with that id, if this owner has it. */
    Optional<Batch> find(String id, String owner) {
        return Optional.ofNullable(batches.get(id))
                .filter(batch -> batch.order().owner().name().equals(owner));
    }

    /** The batch as it stands now. */
    Batch now(Batch batch) {
        return batches.get(batch.id());
    }

    /** This owner's batches, newest first. */
    List<Batch> list(String owner) {
        return batches.values().stream()
                .filter(batch -> batch.order().owner().name().equals(owner))
                .sorted(OLDEST.reversed())
                .toList();
    }

    /** Those to which something still happens, oldest first. */
    List<Batch> unfinished() {
        return batches.values().stream()
                .filter(batch -> !batch.status().over())
                .sorted(OLDEST)
                .toList();
    }

    /** Whether a batch that has not ended reads that file. */
    boolean uses(StoredFile file) {
        Collection<Batch> open = unfinished();
        return open.stream().anyMatch(batch -> batch.order().input().equals(file.id()));
    }

    /** Adds a batch. */
    void add(Batch batch) throws IOException {
        keep(batch);
        batches.put(batch.id(), batch);
    }

    /** Changes a batch and keeps the change. */
    synchronized Batch change(String id, UnaryOperator<Batch> change) throws IOException {
        Batch changed = change.apply(batches.get(id));
        keep(changed);
        batches.put(id, changed);
        return changed;
    }

    /** Changes how the requests of a batch stand, in memory: its results tell as much after a crash. */
    synchronized void count(String id, Batch.Counts counts) {
        batches.computeIfPresent(id, (_, batch) -> batch.with(counts));
    }

    private void keep(Batch batch) throws IOException {
        SafeFile.write(directory.resolve(batch.id() + DESCRIPTION), BatchJson.kept(batch));
    }

    /** Where the results of a running batch are written. */
    Path results(Batch batch) {
        return directory.resolve(batch.id() + ".results");
    }

    /** Where the failures of a running batch are written. */
    Path failures(Batch batch) {
        return directory.resolve(batch.id() + ".failures");
    }

    /** Forgets batches that ended before that time. */
    synchronized void clear(Instant before) throws IOException {
        for (Batch batch : List.copyOf(batches.values())) {
            Instant ended = batch.reached().getOrDefault(batch.status(), Instant.MAX);
            if (!batch.status().over() || !ended.isBefore(before)) continue;
            batches.remove(batch.id());
            Files.deleteIfExists(directory.resolve(batch.id() + DESCRIPTION));
        }
    }
}
