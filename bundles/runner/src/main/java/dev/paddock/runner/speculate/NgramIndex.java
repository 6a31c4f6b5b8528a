package dev.paddock.runner.speculate;

import java.util.Arrays;

/**
 * Where the last few tokens stood before. Learns each token once; asks nothing of the past but the tokens themselves, so
 * a place overwritten by another costs a guess and never gives a wrong one.
 */
final class NgramIndex {
    /** Tokens that must agree: more are tried first, because they promise more. */
    static final int LONGEST = 4;
    /** Fewer agree by accident. */
    static final int SHORTEST = 2;

    private static final int FIRST_PLACES = 1 << 12;
    /** 1 MiB for a sequence; what is older than about 40,000 tokens is overwritten bit by bit. */
    private static final int MOST_PLACES = 1 << 18;

    /** Places that an n-gram may have; when all are taken, the oldest goes. */
    private static final int CHOICES = 4;

    private static final int LENGTHS = LONGEST - SHORTEST + 1;
    private static final int[] NONE = {};

    /** By hash of an n-gram: where its latest occurrence ends, exclusive; 0 = nowhere. */
    private int[] ends = new int[FIRST_PLACES];

    private int learned;

    /**
     * What followed the latest earlier occurrence of the last tokens; when that occurrence reaches into them, the
     * pattern goes on repeating.
     *
     * @param tokens the sequence, in its first {@code length} places
     * @param most most tokens to give, at least 1
     */
    int[] following(int[] tokens, int length, int most) {
        learn(tokens, length - 1);
        for (int n = LONGEST; n >= SHORTEST; n--) {
            int end = n < length ? ends[place(tokens, length, n)] : 0;
            if (same(tokens, end, length, n)) return continued(tokens, length, end, most);
        }
        return NONE;
    }

    private static int[] continued(int[] tokens, int length, int from, int most) {
        int[] guess = new int[most];
        for (int i = 0; i < most; i++) {
            guess[i] = from + i < length ? tokens[from + i] : guess[from + i - length];
        }
        return guess;
    }

    /** Takes in all n-grams that end within the first tokens; not the very last, which would find itself. */
    private void learn(int[] tokens, int length) {
        // A sequence that became shorter lost tokens in its middle: all that is known of places is wrong.
        if (length < learned) clear(ends.length);
        while (length * LENGTHS > ends.length / 4 && ends.length < MOST_PLACES) clear(ends.length * 2);
        for (int end = learned + 1; end <= length; end++) {
            for (int n = SHORTEST; n <= Math.min(LONGEST, end); n++) ends[place(tokens, end, n)] = end;
        }
        learned = Math.max(length, 0);
    }

    private void clear(int places) {
        ends = new int[places];
        learned = 0;
    }

    /** The place of the n-gram that ends here; when it has none, the one it should take. */
    private int place(int[] tokens, int end, int n) {
        int hash = n;
        for (int i = end - n; i < end; i++) hash = (hash ^ tokens[i]) * 0x9E37_79B1;
        hash ^= hash >>> 15;
        int oldest = hash & ends.length - 1;
        for (int choice = 0; choice < CHOICES; choice++) {
            int place = hash + choice & ends.length - 1;
            if (same(tokens, ends[place], end, n)) return place;
            if (ends[place] < ends[oldest]) oldest = place;
        }
        return oldest;
    }

    private static boolean same(int[] tokens, int end, int other, int n) {
        return end >= n && Arrays.equals(tokens, end - n, end, tokens, other - n, other);
    }
}
