package dev.paddock.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pieces of work that put the store in order. Those that remove anything hold the store's lock. */
final class Housekeeping {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final String OLD_PREFIX = "sha256:";

    private final Stock stock;

    Housekeeping(Stock stock) {
        this.stock = stock;
    }

    /** Makes the directories and recalls what is remembered about the files. */
    String directories() throws IOException {
        stock.layout().make();
        stock.books().load();
        return stock.layout().root().toString();
    }

    /** Renames blobs of early Ollama, {@code sha256:x}, to today's {@code sha256-x}. */
    String blobNames() throws IOException {
        int renamed = 0;
        for (Path blob : Directories.beginningWith(stock.layout().blobs(), OLD_PREFIX)) {
            String digits = blob.getFileName().toString().substring(OLD_PREFIX.length());
            Path target = blob.resolveSibling("sha256-" + digits);
            if (Files.exists(target)) continue;
            Files.move(blob, target);
            renamed++;
        }
        return renamed + " renamed";
    }

    /** Removes what nobody uses; gives it in words. */
    String prune() throws IOException {
        try (var _ = stock.lock().hold()) {
            References references = References.read(stock.tree());
            Pruning.Plan plan = new Pruning(stock).plan(references);
            List<Pruning.Item> gone = remove(plan);
            long bytes = gone.stream().mapToLong(Pruning.Item::bytes).sum();
            int count = references.models().size();
            String outcome = "%s, %d files of %s removed"
                    .formatted(count == 1 ? "1 model" : count + " models", gone.size(), Bytes.text(bytes));
            return plan.kept().isEmpty() ? outcome : outcome + "; " + String.join("; ", plan.kept());
        }
    }

    /** Removes a plan's files; one that cannot be removed is logged and stays. */
    List<Pruning.Item> remove(Pruning.Plan plan) {
        List<Pruning.Item> gone = new ArrayList<>();
        for (Pruning.Item item : plan.items()) {
            // Somebody may have asked for it since the plan was made.
            if (item.blob().filter(stock.books().promises()::stands).isPresent()) continue;
            try {
                if (Files.deleteIfExists(item.path())) gone.add(item);
            } catch (IOException e) {
                LOG.warn("{} stays: {}", stock.layout().told(item.path()), StoreFaults.reason(e));
            }
        }
        return gone;
    }

    /** Removes directories that deleted models left behind. */
    String emptyDirectories() throws IOException {
        try (var _ = stock.lock().hold()) {
            return stock.tree().emptyDirectories(true).size() + " removed";
        }
    }
}
