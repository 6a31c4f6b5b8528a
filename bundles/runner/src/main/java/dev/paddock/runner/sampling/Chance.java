package dev.paddock.runner.sampling;

import java.util.SplittableRandom;

/**
 * Seeds for the random choices of an answer. The seed of a choice depends on the order's seed, the token's place in the
 * answer and which choice it is, and on nothing that happened before: an answer that is taken up again in the middle
 * goes on as it would have.
 */
final class Chance {
    /** llama.cpp takes this for "any". */
    private static final int ANY = 0xFFFF_FFFF;

    private final long base;
    private long place;

    /** @param seed unsigned 32 bit; negative = another one every time */
    Chance(long seed) {
        base = seed < 0 ? new SplittableRandom().nextLong() : seed;
    }

    /** Goes on to a later place of the answer. */
    void skip(int tokens) {
        place += tokens;
    }

    /** The seed of one choice at the current place. */
    int seed(int choice) {
        long mixed = mix(mix(base) + place * 0x9E37_79B9_7F4A_7C15L + choice);
        int seed = (int) (mixed >>> 32);
        return seed == ANY ? (int) mixed >>> 1 : seed;
    }

    /** The finalizer of SplitMix64: each bit of the input changes about half of the output's. */
    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return b ^ (b >>> 31);
    }
}
