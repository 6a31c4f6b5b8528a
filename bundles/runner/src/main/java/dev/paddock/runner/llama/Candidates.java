package dev.paddock.runner.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Tokens that may come next, with their logits, for samplers to work on ({@code llama_token_data_array}). Not
 * thread-safe.
 */
public final class Candidates implements AutoCloseable {
    // struct llama_token_data: int32_t id, float logit, float p
    private static final long ENTRY = 12;
    // struct llama_token_data_array: data, size, selected, sorted
    private static final long ARRAY = 32;
    private static final long SIZE = 8;
    private static final long SELECTED = 16;
    private static final long SORTED = 24;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment entries;
    private final MemorySegment array = arena.allocate(ARRAY, Long.BYTES);
    private int count;

    /** Room for so many. */
    public Candidates(int most) {
        entries = arena.allocate(ENTRY * most, Long.BYTES);
    }

    /** Empties it. */
    public void clear() {
        count = 0;
    }

    /** How many there are. */
    public int size() {
        return count;
    }

    /** Adds a token of the vocabulary. */
    public void add(int token, float logit) {
        long both = (long) Float.floatToRawIntBits(logit) << Integer.SIZE | token;
        entries.set(JAVA_LONG_UNALIGNED, ENTRY * count++, both);
    }

    MemorySegment array() {
        if (count == 0) throw new IllegalStateException("no candidates");
        array.set(ADDRESS, 0, entries);
        array.set(JAVA_LONG, SIZE, count);
        array.set(JAVA_LONG, SELECTED, -1);
        array.set(JAVA_BOOLEAN, SORTED, false);
        return array;
    }

    /** The chosen one. A sampler may have moved the array's start, within our memory. */
    int selected() {
        long selected = array.get(JAVA_LONG, SELECTED);
        if (selected < 0 || selected >= array.get(JAVA_LONG, SIZE)) {
            throw new IllegalStateException("the samplers chose nothing");
        }
        long start = array.get(ADDRESS, 0).address() - entries.address();
        return entries.get(JAVA_INT, start + ENTRY * selected);
    }

    @Override
    public void close() {
        arena.close();
    }
}
