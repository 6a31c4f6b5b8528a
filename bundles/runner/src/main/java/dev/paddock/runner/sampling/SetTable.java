package dev.paddock.runner.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers sets of numbers from 0 on; a set is an array in ascending order that nobody changes. */
final class SetTable {
    private final Map<Key, Integer> numbers = new HashMap<>();
    private final List<int[]> sets = new ArrayList<>();
    private int elements;

    @SuppressWarnings("ArrayRecordComponent") // compared by content here
    private record Key(int[] set) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && Arrays.equals(set, key.set);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(set);
        }
    }

    /** Elements of all sets, the empty ones counted as one. */
    int elements() {
        return elements;
    }

    void clear() {
        elements = 0;
        numbers.clear();
        sets.clear();
    }

    int[] get(int number) {
        return sets.get(number);
    }

    /** The number of a set, which it gets when it has none. */
    int put(int[] set) {
        Integer known = numbers.putIfAbsent(new Key(set), sets.size());
        if (known != null) return known;
        sets.add(set);
        elements += Math.max(1, set.length);
        return sets.size() - 1;
    }
}
