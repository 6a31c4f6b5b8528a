package dev.paddock.runner.sampling;

import java.util.Arrays;

/**
 * Characters of a class such as {@code [a-z_]}.
 *
 * @param bounds first and last of each range, ascending, ranges apart from each other
 */
record CharacterSet(int[] bounds) {
    /** Every character. */
    static final CharacterSet ANY = new CharacterSet(new int[] {0, Character.MAX_CODE_POINT});

    static CharacterSet of(int character) {
        return new CharacterSet(new int[] {character, character});
    }

    /**
     * Puts ranges in order.
     *
     * @param pairs first and last of each; a first above its last holds nothing
     * @param count numbers in use
     */
    static CharacterSet of(int[] pairs, int count) {
        long[] sorted = new long[count / 2];
        for (int i = 0; i < sorted.length; i++) sorted[i] = (long) pairs[2 * i] << 32 | pairs[2 * i + 1];
        Arrays.sort(sorted);
        int[] bounds = new int[count];
        int used = 0;
        for (long range : sorted) {
            int first = (int) (range >> 32);
            int last = (int) range;
            if (first > last) continue;
            if (used > 0 && first <= bounds[used - 1] + 1) {
                bounds[used - 1] = Math.max(bounds[used - 1], last);
            } else {
                bounds[used++] = first;
                bounds[used++] = last;
            }
        }
        return new CharacterSet(Arrays.copyOf(bounds, used));
    }

    /** All other characters. */
    CharacterSet inverted() {
        int[] others = new int[bounds.length + 2];
        int used = 0;
        int next = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            if (bounds[i] > next) {
                others[used++] = next;
                others[used++] = bounds[i] - 1;
            }
            next = bounds[i + 1] + 1;
        }
        if (next <= Character.MAX_CODE_POINT) {
            others[used++] = next;
            others[used++] = Character.MAX_CODE_POINT;
        }
        return new CharacterSet(Arrays.copyOf(others, used));
    }

    /** Whether one of first..last is in it. */
    boolean meets(int first, int last) {
        int low = 0;
        int high = bounds.length / 2 - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (bounds[2 * middle] > last) {
                high = middle - 1;
            } else if (bounds[2 * middle + 1] < first) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }
}
