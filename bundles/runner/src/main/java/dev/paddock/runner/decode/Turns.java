package dev.paddock.runner.decode;

import dev.paddock.api.engine.Adapter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which set of adapters the next batch is computed with, as a batch can have but one: each gets some steps in a row,
 * because changing costs, and then the one that waited longest.
 */
final class Turns {
    /** Steps in a row while others wait. */
    static final int STEPS = 4;

    private final Map<List<Adapter>, Long> last = new HashMap<>();
    private List<Adapter> current = List.of();
    private int served;
    private long clock;

    /** @param wanted the sets of all sequences that could be computed, at least one; may repeat */
    List<Adapter> next(List<List<Adapter>> wanted) {
        // Who comes, or comes back, is behind those that wait.
        for (List<Adapter> set : wanted) {
            if (!last.containsKey(set)) last.put(set, ++clock);
        }
        if (served < STEPS && wanted.contains(current)) {
            served++;
            return current;
        }
        last.put(current, ++clock);
        last.keySet().retainAll(wanted);
        List<Adapter> longest = wanted.getFirst();
        for (List<Adapter> set : wanted) {
            if (last.get(set) < last.get(longest)) longest = set;
        }
        current = longest;
        served = 1;
        return current;
    }
}
