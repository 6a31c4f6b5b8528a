package dev.paddock.store;

import dev.paddock.api.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds blobs that no model uses, temporary files that were left behind, and downloads that nobody will go on with. More
 * careful than Ollama: it takes no blob while a manifest is unreadable, while there is no manifest at all (the folder may
 * be half mounted), or while a download runs; links and files with foreign names stay in any case.
 */
final class Pruning {
    private static final int MOST_NAMED = 5;

    private final Stock stock;
    private final Instant now;
    private final Instant before;

    Pruning(Stock stock) {
        this.stock = stock;
        this.now = Instant.now();
        this.before = now.minus(stock.settings().grace());
    }

    /**
     * A file to remove.
     *
     * @param blob its digest where it is whole content
     */
    record Item(Path path, long bytes, Optional<Digest> blob) {
        Item(Path path, long bytes) {
            this(path, bytes, Optional.empty());
        }
    }

    /**
     * What may be removed.
     *
     * @param kept why some things stay although they may be unused, one reason each
     */
    record Plan(List<Item> items, List<String> kept) {
        long bytes() {
            return items.stream().mapToLong(Item::bytes).sum();
        }
    }

    Plan plan(References references) throws IOException {
        List<BlobFile> files =
                BlobFile.list(stock.layout()).stream().filter(f -> !f.link()).toList();
        List<Item> items = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        for (BlobFile file : files) {
            if (isLeftOver(file)) items.add(item(file));
        }
        partials(files).forEach(group -> {
            if (isOver(group)) group.forEach(file -> items.add(item(file)));
        });
        blobs(files, references, items, kept);
        for (Path directory : List.of(stock.layout().manifests(), stock.layout().own())) leftOvers(directory, items);
        for (Path file : Directories.entries(stock.layout().promised())) {
            if (!stock.books().promises().stands(file)) items.add(new Item(file, 0));
        }
        return new Plan(items, kept);
    }

    private boolean isLeftOver(BlobFile file) {
        return file.kind() == BlobFile.Kind.TEMP && file.olderThan(before) && !TempFile.isOpen(file.path());
    }

    private static Item item(BlobFile file) {
        Optional<Digest> blob = file.kind() == BlobFile.Kind.BLOB ? file.digest() : Optional.empty();
        return new Item(file.path(), Room.taken(file), blob);
    }

    private void blobs(List<BlobFile> files, References references, List<Item> items, List<String> kept) {
        List<BlobFile> unused = files.stream()
                .filter(f -> f.kind() == BlobFile.Kind.BLOB
                        && !references.used().contains(f.digest().orElseThrow()))
                .toList();
        if (unused.isEmpty()) return;
        List<String> reasons = reasonsToKeep(references, files);
        if (!reasons.isEmpty()) {
            for (String reason : reasons) kept.add(counted(unused) + " stay: " + reason);
            return;
        }
        Map<Boolean, List<BlobFile>> byAge = unused.stream().collect(Collectors.partitioningBy(this::isFree));
        byAge.get(true).forEach(file -> items.add(item(file)));
        if (!byAge.get(false).isEmpty()) {
            kept.add(counted(byAge.get(false)) + " stay: somebody brought or asked for them less than "
                    + stock.settings().grace().toMinutes() + " minutes ago");
        }
    }

    private static String counted(List<BlobFile> files) {
        long bytes = files.stream().mapToLong(BlobFile::size).sum();
        return files.size() + (files.size() == 1 ? " unused blob of " : " unused blobs of ") + Bytes.text(bytes);
    }

    private boolean isFree(BlobFile file) {
        return file.olderThan(before)
                && !stock.books().promises().stands(file.digest().orElseThrow());
    }

    /** Why no blob may go, whatever its age. */
    private List<String> reasonsToKeep(References references, List<BlobFile> files) {
        List<String> reasons = new ArrayList<>();
        for (var unreadable : references.unreadable()) {
            reasons.add(stock.layout().told(unreadable.path()) + " cannot be read and may use them ("
                    + unreadable.reason() + "); repair or delete it");
        }
        for (Path hidden : references.hidden()) {
            reasons.add(stock.layout().told(hidden) + " lies where manifests do and is none; delete it");
        }
        if (reasons.size() > MOST_NAMED) {
            int more = reasons.size() - MOST_NAMED;
            reasons = new ArrayList<>(reasons.subList(0, MOST_NAMED));
            reasons.add(more + " more such files");
        }
        if (references.models().isEmpty() && reasons.isEmpty()) reasons.add("there is no manifest at all");
        boolean running = files.stream().anyMatch(f -> f.kind() == BlobFile.Kind.PARTIAL && !f.olderThan(before));
        if (running) reasons.add("a download is running");
        return reasons;
    }

    /** The files of each unfinished download. */
    private static List<List<BlobFile>> partials(List<BlobFile> files) {
        Map<Digest, List<BlobFile>> groups = files.stream()
                .filter(f -> f.kind() == BlobFile.Kind.PARTIAL)
                .collect(Collectors.groupingBy(f -> f.digest().orElseThrow()));
        return List.copyOf(groups.values());
    }

    /** Whether nobody can or will go on with a download: its blob is there, a half is missing, or it is too old. */
    private boolean isOver(List<BlobFile> group) {
        Instant newest =
                group.stream().map(BlobFile::modified).max(Instant::compareTo).orElse(now);
        if (!newest.isBefore(before)) return false;
        boolean content = group.stream().anyMatch(BlobFile::isPartialContent);
        boolean notes = group.stream().anyMatch(f -> !f.isPartialContent());
        boolean done =
                stock.blobs().find(group.getFirst().digest().orElseThrow()).isPresent();
        boolean old = newest.isBefore(now.minus(stock.settings().partialKeep()));
        return old || done || !content || !notes;
    }

    /** Temporary files of manifests and of our own notes. */
    private void leftOvers(Path directory, List<Item> items) throws IOException {
        for (Path entry : Directories.entries(directory)) {
            if (!entry.getFileName().toString().startsWith(ManifestTree.TEMP_PREFIX)) continue;
            if (!Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) continue;
            var facts = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (facts.lastModifiedTime().toInstant().isBefore(before)) items.add(new Item(entry, facts.size()));
        }
    }
}
