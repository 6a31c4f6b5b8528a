package dev.paddock.runner.speculate;

import java.util.Arrays;

/**
 * Decides how many tokens to guess for one sequence: as many as make the whole machine answer fastest, by what a longer
 * step costs and by how often guesses were right; none when that is best, but for a try now and then.
 */
final class Payoff {
    /** Most tokens of a guess: with the token before it, as many as the CPU's matrix kernels take at once. */
    static final int MOST_PLACES = 15;

    private static final double WEIGHT = 0.25;
    private static final double HOPE = 0.1;
    /** A gain smaller than the measurements are exact is none. */
    private static final double LEAST_GAIN = 1.03;

    private final Pace pace;
    /** How often the guess in a place is right when those before it are. */
    private final double[] rates = new double[MOST_PLACES];

    private final int[] seen = new int[MOST_PLACES];

    Payoff(Pace pace) {
        this.pace = pace;
        Arrays.fill(rates, pace.rate());
    }

    /**
     * How many tokens to guess now; asked when a guess could be made.
     *
     * @param most most tokens that could be guessed
     * @param guessNanos what guessing one token costs beside the step itself
     */
    int places(int most, double guessNanos) {
        if (!pace.wanted() || most < 1) return 0;
        int best = best(Math.min(most, MOST_PLACES), guessNanos);
        if (best == 0) return Math.min(most, pace.refused());
        pace.chosen();
        return best;
    }

    /** Of so many guessed tokens, so many were right: those before the first wrong one. */
    void judged(int guessed, int right) {
        int judged = Math.min(Math.min(guessed, right + 1), MOST_PLACES);
        if (judged > 0) pace.judged(right > 0);
        for (int i = 0; i < judged; i++) {
            double weight = Math.max(WEIGHT, 1.0 / (2 + seen[i]));
            rates[i] += weight * ((i < right ? 1 : 0) - rates[i]);
            seen[i]++;
        }
        // Behind a guess that was right to its end there may be more than was once found.
        if (judged > 0 && judged < MOST_PLACES && right == judged) {
            rates[judged] += HOPE * (rates[judged - 1] - rates[judged]);
        }
    }

    private int best(int most, double guessNanos) {
        int busy = pace.busy();
        double bar = LEAST_GAIN * busy / pace.nanos(busy);
        int best = 0;
        double reached = 1;
        double gain = 0;
        double rate = rates[0];
        for (int places = 1; places <= most; places++) {
            // A place never reached is thought as good as the one before it.
            if (seen[places - 1] > 0) rate = rates[places - 1];
            reached *= rate;
            gain += reached;
            double speed = (busy + gain) / (pace.nanos(busy + places) + places * guessNanos);
            if (speed > bar) {
                bar = speed;
                best = places;
            }
        }
        return best;
    }
}
