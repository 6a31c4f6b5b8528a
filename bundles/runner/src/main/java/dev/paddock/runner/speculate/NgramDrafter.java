package dev.paddock.runner.speculate;

import java.util.Arrays;

/**
 * Guesses that what followed the last tokens before will follow them again: copied and edited text, code, tables. Costs
 * nothing but a look-up. It compares what it would have guessed in full with what came, whether or not it was asked of
 * the model: so it notices when more guesses, or guesses at all, would pay.
 */
final class NgramDrafter implements Drafter {
    private static final int[] NONE = {};

    private final NgramIndex index = new NgramIndex();
    private final Pace pace;
    private final Payoff payoff;
    private int[] foretold = NONE;
    private int foretoldAt;

    NgramDrafter(Pace pace) {
        this.pace = pace;
        payoff = new Payoff(pace);
    }

    @Override
    public int[] draft(int[] tokens, int length, int most) {
        if (!pace.wanted() || most < 1) return NONE;
        compare(tokens, length);
        int[] found = index.following(tokens, length, Payoff.MOST_PLACES);
        if (found.length == 0) return NONE;
        if (foretold.length == 0) {
            foretold = found;
            foretoldAt = length;
        }
        return Arrays.copyOf(found, payoff.places(Math.min(found.length, most), 0));
    }

    private void compare(int[] tokens, int length) {
        if (foretold.length == 0) return;
        int came = Math.min(length - foretoldAt, foretold.length);
        if (came < 0) {
            foretold = NONE; // the sequence was cut
            return;
        }
        int wrong = Arrays.mismatch(foretold, 0, came, tokens, foretoldAt, foretoldAt + came);
        if (wrong < 0 && came < foretold.length) return;
        payoff.judged(foretold.length, wrong < 0 ? came : wrong);
        foretold = NONE;
    }

    /** Tells nothing that the tokens do not tell. */
    @Override
    public void judged(int guessed, int right) {}

    @Override
    public void close() {
        foretold = NONE;
    }
}
