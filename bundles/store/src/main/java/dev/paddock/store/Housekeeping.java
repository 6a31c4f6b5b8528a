package dev.paddock.store;

import dev.paddock.api.fault.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the store in order at start. Each step is logged with its figures and time; one that fails is logged and stops
 * nothing. Steps that remove anything hold the store's lock.
 */
final class Housekeeping {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final String OLD_PREFIX = "sha256:";

    /** One piece of work; gives what it did, in words. */
    @FunctionalInterface
    interface Step {
        String run() throws IOException;
    }

    private final StoreLayout layout;
    private final ManifestTree tree;
    private final ReentrantLock lock;

    Housekeeping(StoreLayout layout, ManifestTree tree, ReentrantLock lock) {
        this.layout = layout;
        this.tree = tree;
        this.lock = lock;
    }

    /** Runs one step and logs it; never throws. */
    static void run(String name, Step step) {
        long start = System.nanoTime();
        try {
            String outcome = step.run();
            LOG.info("storage housekeeping: {}: {} in {} ms", name, outcome, millisSince(start));
        } catch (IOException e) {
            LOG.warn(
                    "storage housekeeping: {} failed after {} ms: {}", name, millisSince(start), StoreFaults.reason(e));
        } catch (PaddockException e) {
            LOG.warn("storage housekeeping: {} failed after {} ms: {}", name, millisSince(start), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("storage housekeeping: {} failed after {} ms", name, millisSince(start), e);
        }
    }

    /** Makes the directories. */
    String directories() throws IOException {
        layout.make();
        return layout.root().toString();
    }

    /** Renames blobs of early Ollama, {@code sha256:x}, to today's {@code sha256-x}. */
    String blobNames() throws IOException {
        int renamed = 0;
        for (Path blob : Directories.entries(layout.blobs())) {
            String name = blob.getFileName().toString();
            if (!name.startsWith(OLD_PREFIX)) continue;
            Path target = blob.resolveSibling("sha256-" + name.substring(OLD_PREFIX.length()));
            if (Files.exists(target)) continue;
            Files.move(blob, target);
            renamed++;
        }
        return renamed + " renamed";
    }

    /** Removes what nobody uses. */
    String prune() throws IOException {
        lock.lock();
        try {
            References references = References.read(tree);
            Pruning.Plan plan = new Pruning(layout).plan(references);
            long bytes = 0;
            for (Path file : plan.files()) {
                bytes += Files.size(file);
                Files.delete(file);
            }
            String models = references.manifests() == 1 ? "1 model" : references.manifests() + " models";
            String outcome =
                    "%s, %d files of %s removed".formatted(models, plan.files().size(), size(bytes));
            return plan.reason().isEmpty() ? outcome : outcome + "; unused blobs stay: " + plan.reason();
        } finally {
            lock.unlock();
        }
    }

    /** Removes directories that deleted models left behind. */
    String emptyDirectories() throws IOException {
        lock.lock();
        try {
            return tree.removeEmptyDirectories() + " removed";
        } finally {
            lock.unlock();
        }
    }

    /** Bytes for people: 1.2 GB. */
    static String size(long bytes) {
        double number = bytes;
        String[] units = {"B", "KB", "MB", "GB", "TB"};
        int unit = 0;
        while (number >= 1000 && unit < units.length - 1) {
            number /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", number, units[unit]);
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }
}
