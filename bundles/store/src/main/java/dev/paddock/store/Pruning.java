package dev.paddock.store;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds blobs that no model uses and temporary files that were left behind. More careful than Ollama: it touches
 * nothing while a manifest is unreadable, while there is no manifest at all (the folder may be half mounted), or while
 * a download runs; it leaves unfinished downloads and files with foreign names alone.
 */
final class Pruning {
    /** A younger file may belong to somebody who has not written the manifest yet. */
    private static final Duration GRACE = Duration.ofHours(1);

    private final StoreLayout layout;

    Pruning(StoreLayout layout) {
        this.layout = layout;
    }

    /**
     * What may be removed.
     *
     * @param files to remove
     * @param reason why blobs stay although they may be unused; empty when they were looked at
     */
    record Plan(List<Path> files, String reason) {}

    Plan plan(References references) throws IOException {
        Instant before = Instant.now().minus(GRACE);
        List<Path> entries = new ArrayList<>();
        for (Path entry : Directories.entries(layout.blobs())) {
            if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) entries.add(entry);
        }
        String reason = reasonToKeep(references, entries, before);
        List<Path> files = new ArrayList<>();
        for (Path entry : entries) {
            boolean removable = isTemp(entry) || (reason.isEmpty() && isUnused(entry, references));
            if (removable && older(entry, before)) files.add(entry);
        }
        for (Path entry : Directories.entries(layout.manifests())) {
            boolean temp = name(entry).startsWith(ManifestTree.TEMP_PREFIX);
            if (temp && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS) && older(entry, before)) files.add(entry);
        }
        return new Plan(files, reason);
    }

    private static String reasonToKeep(References references, List<Path> entries, Instant before) throws IOException {
        if (!references.unreadable().isEmpty()) {
            return references.unreadable().getFirst() + " cannot be read; repair or delete it";
        }
        if (references.manifests() == 0) return "there is no manifest at all";
        for (Path entry : entries) {
            if (isPartial(entry) && !older(entry, before)) return "a download is running";
        }
        return "";
    }

    private static boolean isPartial(Path entry) {
        return name(entry).contains("-partial");
    }

    /** A name that only a store gives, for content that never got its digest. */
    private static boolean isTemp(Path entry) {
        return name(entry).matches("sha256-[0-9]{1,19}|sha256-[0-9a-fA-F]{64}\\.tmp");
    }

    private static boolean isUnused(Path entry, References references) {
        try {
            return name(entry).startsWith("sha256-") && !references.used().contains(Digest.parse(name(entry)));
        } catch (PaddockException e) {
            return false;
        }
    }

    private static boolean older(Path entry, Instant than) throws IOException {
        return Files.exists(entry)
                && Files.getLastModifiedTime(entry).toInstant().isBefore(than);
    }

    private static String name(Path entry) {
        return entry.getFileName().toString();
    }
}
