package dev.paddock.runner.sampling;

import java.util.Arrays;

/** The likeliest tokens of a row of logits, and how likely they are. Knows no native code. */
final class Likelihoods {
    /** What lies so far below the best does not show in a sum of a million in single precision. */
    private static final float NOTHING = 40;

    private final int[] best;
    private int found;
    private double total;

    /** @param most how many of the likeliest to find */
    Likelihoods(int most) {
        best = new int[most];
    }

    /** Reads a row. */
    void read(float[] logits) {
        found = 0;
        float max = Float.NEGATIVE_INFINITY;
        for (float logit : logits) max = Math.max(max, logit);
        double sum = 0;
        for (float logit : logits) {
            if (max - logit < NOTHING) sum += Math.exp(logit - max);
        }
        total = max + Math.log(sum);
        if (best.length > 0) findBest(logits);
    }

    private void findBest(float[] logits) {
        float least = Float.NEGATIVE_INFINITY;
        for (int token = 0; token < logits.length; token++) {
            if (found == best.length && !(logits[token] > least)) continue;
            int place = found < best.length ? found++ : found - 1;
            while (place > 0 && logits[best[place - 1]] < logits[token]) {
                best[place] = best[place - 1];
                place--;
            }
            best[place] = token;
            least = logits[best[found - 1]];
        }
    }

    /** Natural logarithm of the probability of a token with this logit. */
    float logarithm(float logit) {
        return (float) Math.min(0, logit - total);
    }

    /** The likeliest tokens, best first; of equals the one with the lower number. */
    int[] best() {
        return Arrays.copyOf(best, found);
    }
}
