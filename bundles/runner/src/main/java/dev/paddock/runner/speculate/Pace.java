package dev.paddock.runner.speculate;

/**
 * What the drafters of one context share: how long a step takes by the number of its tokens, how many sequences are
 * answering, and whether guesses are wanted. Told by the loop; knows no clock. One thread, except {@link #want}.
 */
final class Pace {
    /** Steps with more tokens are not remembered one by one. */
    static final int MOST_TOKENS = 128;

    /** What a further token is thought to add to a step before it was measured: little, so that it is measured. */
    private static final double UNKNOWN_GROWTH = 0.03;

    private static final double FIRST_NANOS = 1e7;
    /** What else the machine does only lengthens steps, so the shorter ones tell more. */
    private static final double FALL = 0.5;

    private static final double RISE = 0.1;

    private static final int FIRST_PAUSE = 32;
    private static final int LONGEST_PAUSE = 512;
    /** Guesses of these lengths are tried in turn: the CPU's matrix kernels take tokens by four, and less than four one by one. */
    private static final int[] TRIED = {3, 15, 2, 7};

    private static final double FIRST_RATE = 0.6;
    private static final double RATE_WEIGHT = 0.1;

    private final double[] nanos = new double[MOST_TOKENS + 1];
    private boolean measuredAny;
    private int busy = 1;
    private volatile boolean wanted;
    private int refusals;
    private int pause = FIRST_PAUSE;
    private int tries;
    private double rate = FIRST_RATE;

    Pace(boolean wanted) {
        this.wanted = wanted;
    }

    void want(boolean guesses) {
        wanted = guesses;
    }

    boolean wanted() {
        return wanted;
    }

    void busy(int sequences) {
        busy = Math.max(1, sequences);
    }

    int busy() {
        return busy;
    }

    /**
     * A step of so many tokens took so long. One slow step, as when the machine was busy, moves the average little; the
     * first of its length too, or such lengths would never be tried again.
     */
    void took(int tokens, long measured) {
        if (tokens < 1 || tokens > MOST_TOKENS || measured <= 0) return;
        double known = nanos[tokens];
        if (known == 0) known = measuredAny ? nanos(tokens) : measured;
        measuredAny = true;
        double change = Math.min(measured, 2 * known) - known;
        nanos[tokens] = known + (change < 0 ? FALL : RISE) * change;
    }

    /** Guesses pay, for one sequence. */
    void chosen() {
        refusals = 0;
        pause = FIRST_PAUSE;
    }

    /**
     * Guesses would not pay for one sequence, by what is known of costs: these are only known by trying, and what made
     * them high may be over, so now and then it is to try all the same, ever more rarely. Counted for all sequences
     * together, because each of them may be short.
     *
     * @return how many tokens to try; mostly 0
     */
    int refused() {
        if (++refusals < pause) return 0;
        refusals = 0;
        pause = Math.min(2 * pause, LONGEST_PAUSE);
        return TRIED[tries++ % TRIED.length];
    }

    /** Whether a guess of any sequence began right. */
    void judged(boolean right) {
        rate += RATE_WEIGHT * ((right ? 1 : 0) - rate);
    }

    /** How often guesses began right lately: what a sequence that begins may hope for, 0 to 1. */
    double rate() {
        return rate;
    }

    /** How long a step of so many tokens is expected to take, in nanoseconds. */
    double nanos(int tokens) {
        int wanted = Math.clamp(tokens, 1, MOST_TOKENS);
        int below = wanted;
        while (below > 0 && nanos[below] == 0) below--;
        int above = wanted;
        while (above <= MOST_TOKENS && nanos[above] == 0) above++;
        if (below > 0 && above <= MOST_TOKENS) return between(below, above, wanted);
        if (above <= MOST_TOKENS) return nanos[above];
        double start = below > 0 ? nanos[below] : FIRST_NANOS;
        return start * (1 + UNKNOWN_GROWTH * (tokens - below));
    }

    private double between(int below, int above, int wanted) {
        if (below == above) return nanos[below];
        return nanos[below] + (nanos[above] - nanos[below]) * (wanted - below) / (above - below);
    }
}
