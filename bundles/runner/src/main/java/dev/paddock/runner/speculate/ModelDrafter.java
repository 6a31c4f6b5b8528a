package dev.paddock.runner.speculate;

/** Guesses what a small model thinks likeliest. Each guess costs a step of that model, which must pay as well. */
final class ModelDrafter implements Drafter {
    private static final int[] NONE = {};
    private static final double WEIGHT = 0.2;

    private final Pace pace;
    private final Payoff payoff;
    private final DraftModel model;
    private final int slot;
    private double guessNanos;
    private boolean closed;

    /** @param slot taken of the model; given back at the end */
    ModelDrafter(Pace pace, DraftModel model, int slot) {
        this.pace = pace;
        this.model = model;
        this.slot = slot;
        payoff = new Payoff(pace);
    }

    @Override
    public int[] draft(int[] tokens, int length, int most) {
        int possible = Math.min(most, model.room(length));
        if (!pace.wanted() || possible < 1 || length < 1) return NONE;
        int places = payoff.places(possible, guessNanos);
        if (places == 0 || !model.catchUp(slot, tokens, length)) return NONE;
        long before = System.nanoTime();
        int[] guess = model.guess(slot, tokens, length, places);
        if (guess.length > 0) measured((double) (System.nanoTime() - before) / guess.length);
        return guess;
    }

    private void measured(double nanos) {
        guessNanos = guessNanos == 0 ? nanos : guessNanos + WEIGHT * (Math.min(nanos, 2 * guessNanos) - guessNanos);
    }

    @Override
    public void judged(int guessed, int right) {
        payoff.judged(guessed, right);
    }

    @Override
    public void close() {
        if (closed) return;
        closed = true;
        model.give(slot);
    }
}
