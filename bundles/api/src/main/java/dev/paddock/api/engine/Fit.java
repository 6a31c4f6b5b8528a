package dev.paddock.api.engine;

import java.util.List;

/**
 * What a model would take if it were loaded so; asked of llama.cpp by a dry run that allocates nothing.
 *
 * @param placement with the number of layers, never -1
 * @param layers how many layers the model has, the output layer counted
 * @param contextLength tokens of context of each sequence
 * @param parallel sequences that may run at once
 * @param uses of each device; a draft model included
 */
public record Fit(Placement placement, int layers, int contextLength, int parallel, List<MemoryUse> uses) {
    public Fit {
        uses = List.copyOf(uses);
    }

    /** Bytes on one device; 0 when it takes none there. */
    public long bytesOn(String device) {
        return uses.stream()
                .filter(use -> use.device().equals(device))
                .mapToLong(MemoryUse::bytes)
                .sum();
    }
}
