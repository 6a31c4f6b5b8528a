package dev.paddock.scheduler;

import dev.paddock.api.engine.Fit;
import dev.paddock.api.engine.MemoryUse;
import dev.paddock.api.engine.Placement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What one model would take: asked of the engine, then known or not to be known. */
final class Plan {
    final long id;
    final Wish wish;
    final long since;
    final List<Integer> windows;
    final List<Placement> placements;

    private Optional<List<Fit>> fits = Optional.empty();
    private Optional<String> failure = Optional.empty();
    private long adapterBytes;

    Plan(long id, Wish wish, long since, List<Integer> windows, List<Placement> placements) {
        this.id = id;
        this.wish = wish;
        this.since = since;
        this.windows = List.copyOf(windows);
        this.placements = List.copyOf(placements);
    }

    boolean asked() {
        return fits.isEmpty() && failure.isEmpty();
    }

    /** Why it is not known; empty when it is. */
    Optional<String> failure() {
        return failure;
    }

    List<Fit> fits() {
        return fits.orElse(List.of());
    }

    void fail(String why) {
        failure = Optional.of(why);
    }

    /** What it would take, and its adapters beside that. */
    void known(List<Fit> answer, long adapters) {
        adapterBytes = adapters;
        if (answer.isEmpty()) fail("the dry run found no way to load it");
        else
            fits = Optional.of(
                    sorted(answer.stream().map(fit -> with(fit, adapters)).toList()));
    }

    /** What its adapters take. */
    long adapterBytes() {
        return adapterBytes;
    }

    private List<Fit> sorted(List<Fit> answer) {
        List<Fit> sorted = new ArrayList<>(answer);
        sorted.sort(Comparator.comparingInt(this::rank)
                .thenComparing(fit -> -fit.placement().gpuLayers())
                .thenComparing(fit -> -fit.contextLength()));
        return sorted;
    }

    private int rank(Fit fit) {
        for (int i = 0; i < placements.size(); i++) {
            if (placements.get(i).compute().equals(fit.placement().compute())) return i;
        }
        return placements.size();
    }

    private static Fit with(Fit fit, long adapters) {
        return new Fit(fit.placement(), fit.layers(), fit.contextLength(), fit.parallel(), with(fit.uses(), adapters));
    }

    /** Adapters lie where most of the weights do. */
    static List<MemoryUse> with(List<MemoryUse> memory, long adapters) {
        if (adapters == 0 || memory.isEmpty()) return memory;
        List<MemoryUse> uses = new ArrayList<>(memory);
        uses.sort(Comparator.comparingLong(MemoryUse::weightBytes).reversed());
        var first = uses.getFirst();
        uses.set(
                0,
                new MemoryUse(
                        first.device(), first.weightBytes() + adapters, first.contextBytes(), first.computeBytes()));
        return uses;
    }
}
