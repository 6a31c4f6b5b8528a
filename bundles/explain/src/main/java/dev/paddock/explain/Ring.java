package dev.paddock.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The last so many things, the oldest go first. Adding takes no lock, so that it may be done wherever a decision is
 * taken; reading walks over all. Safe for many threads.
 */
final class Ring<T> {
    private record Slot<T>(long number, T value) {}

    private final AtomicReferenceArray<Slot<T>> slots;
    private final AtomicLong next = new AtomicLong();

    /** @param size how many are kept; above 0 */
    Ring(int size) {
        this.slots = new AtomicReferenceArray<>(size);
    }

    void add(T value) {
        long number = next.getAndIncrement();
        int index = (int) (number % slots.length());
        Slot<T> mine = new Slot<>(number, value);
        // One who was held up since it took its number must not put it over a newer one.
        slots.updateAndGet(index, there -> there == null || there.number < number ? mine : there);
    }

    /** All that is kept now, oldest first. */
    List<T> all() {
        List<Slot<T>> found = new ArrayList<>();
        for (int i = 0; i < slots.length(); i++) {
            Slot<T> slot = slots.get(i);
            if (slot != null) found.add(slot);
        }
        found.sort(Comparator.comparingLong(Slot::number));
        return found.stream().map(Slot::value).toList();
    }

    /** How many are kept at most. */
    int size() {
        return slots.length();
    }
}
