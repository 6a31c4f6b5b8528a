package dev.paddock.store;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.Progress;
import dev.paddock.api.store.Housekeeper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Housekeeping on demand. */
final class Caretaker implements Housekeeper {
    private final Stock stock;
    private final ModelShelf shelf;
    private final Housekeeping housekeeping;
    private final Steps steps;

    /** @param steps those of the start */
    Caretaker(Stock stock, ModelShelf shelf, Steps steps) {
        this.stock = stock;
        this.shelf = shelf;
        this.housekeeping = new Housekeeping(stock);
        this.steps = steps;
    }

    @Override
    public List<Step> steps() {
        return steps.all();
    }

    @Override
    public Pruned prune(boolean dryRun) {
        try {
            return dryRun ? pruned(plan(), true) : pruneNow();
        } catch (IOException e) {
            throw StoreFaults.failed("cannot prune the models directory", e);
        }
    }

    private Pruning.Plan plan() throws IOException {
        return new Pruning(stock).plan(References.read(stock.tree()));
    }

    private Pruned pruneNow() throws IOException {
        try (var _ = stock.lock().hold()) {
            Pruning.Plan plan = plan();
            return pruned(new Pruning.Plan(housekeeping.remove(plan), plan.kept()), false);
        }
    }

    private Pruned pruned(Pruning.Plan plan, boolean dryRun) throws IOException {
        List<String> files = new ArrayList<>();
        plan.items().forEach(item -> files.add(stock.layout().told(item.path())));
        for (Path directory : stock.tree().emptyDirectories(!dryRun))
            files.add(stock.layout().told(directory) + "/");
        return new Pruned(files, plan.bytes(), plan.kept());
    }

    /** @throws PaddockException with CANCELLED when the thread is interrupted */
    @Override
    public Verified verify(boolean all, Consumer<Progress> told) {
        try {
            new SizeCheck(stock).run();
            var outcome = new DigestCheck(stock, new DigestCheck.Order(all, 0, true)).run(told);
            told.accept(Progress.step(Progress.SUCCESS));
            return new Verified(outcome.blobs(), outcome.bytes(), damage());
        } catch (IOException e) {
            throw StoreFaults.failed("cannot verify the models", e);
        }
    }

    @Override
    public List<Damage> damage() {
        Map<Digest, String> known = stock.books().damage().all();
        if (known.isEmpty()) return List.of();
        Map<ModelName, Set<Digest>> models = shelf.digests();
        List<Damage> damage = new ArrayList<>();
        known.forEach((digest, reason) -> {
            List<ModelName> users = models.entrySet().stream()
                    .filter(model -> model.getValue().contains(digest))
                    .map(Map.Entry::getKey)
                    .toList();
            if (!users.isEmpty()) damage.add(new Damage(digest, reason, users));
        });
        return damage;
    }

    @Override
    public Usage usage() {
        try {
            return new UsageCount(stock).count();
        } catch (IOException e) {
            throw StoreFaults.failed("cannot count what the models take", e);
        }
    }
}
