package dev.paddock.runner.sampling;

import java.util.Arrays;

/** Numbers pairs of numbers from 0 on, each with a value beside it; a hash table without objects. */
final class PairTable {
    private static final int SMALLEST = 64;
    private static final int LARGE = 1 << 20;

    private long[] pairs = new long[SMALLEST];
    private int[] values = new int[SMALLEST];
    private int[] slots = new int[4 * SMALLEST]; // number + 1
    private int size;

    int size() {
        return size;
    }

    void clear() {
        if (slots.length > LARGE || (slots.length > 4 * SMALLEST && size < slots.length / 64)) {
            pairs = new long[SMALLEST];
            values = new int[SMALLEST];
            slots = new int[4 * SMALLEST];
        } else {
            Arrays.fill(slots, 0);
        }
        size = 0;
    }

    /** The number of a pair, -1 when it has none. */
    int find(int first, int second) {
        return slots[slot(pair(first, second))] - 1;
    }

    /** The number of a pair, which it gets when it has none. */
    int put(int first, int second) {
        long pair = pair(first, second);
        int slot = slot(pair);
        if (slots[slot] != 0) return slots[slot] - 1;
        if (size == pairs.length) {
            pairs = Arrays.copyOf(pairs, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        pairs[size] = pair;
        slots[slot] = ++size;
        if (4L * size > slots.length) spread(2 * slots.length);
        return size - 1;
    }

    private void spread(int room) {
        slots = new int[room];
        for (int number = 0; number < size; number++) slots[slot(pairs[number])] = number + 1;
    }

    int first(int number) {
        return (int) (pairs[number] >> 32);
    }

    int second(int number) {
        return (int) pairs[number];
    }

    int value(int number) {
        return values[number];
    }

    void value(int number, int value) {
        values[number] = value;
    }

    private static long pair(int first, int second) {
        return (long) first << 32 | second & 0xFFFF_FFFFL;
    }

    private int slot(long pair) {
        long mixed = pair * 0x9E37_79B9_7F4A_7C15L;
        int mask = slots.length - 1;
        int slot = (int) (mixed >>> 32) & mask;
        while (slots[slot] != 0 && pairs[slots[slot] - 1] != pair) slot = slot + 1 & mask;
        return slot;
    }
}
