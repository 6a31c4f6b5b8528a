package dev.paddock.runner.speculate;

/**
 * Gives each sequence of a context its drafter, and tells all of them how fast the context is. One thread, except
 * {@link #speculate}.
 */
public final class Drafters implements AutoCloseable {
    private final Pace pace;
    private final DraftModel model;

    /**
     * Drafters that need no second model.
     *
     * @param speculate whether to guess, until {@link #speculate} says otherwise
     */
    public Drafters(boolean speculate) {
        this(speculate, null);
    }

    /**
     * Drafters of a second model.
     *
     * @param speculate whether to guess, until {@link #speculate} says otherwise
     * @param model closed with this; null = none
     */
    public Drafters(boolean speculate, DraftModel model) {
        pace = new Pace(speculate);
        this.model = model;
    }

    /** From now on guess, or do not; for running sequences too. Any thread. */
    public void speculate(boolean on) {
        pace.want(on);
    }

    /** A drafter for a sequence that begins. */
    public Drafter next() {
        int place = model == null ? -1 : model.take();
        return place < 0 ? new NgramDrafter(pace) : new ModelDrafter(pace, model, place);
    }

    /** So many sequences are answering now. Before the drafts of a step. */
    public void busy(int sequences) {
        pace.busy(sequences);
    }

    /**
     * A step took so long, from filling the batch to the last sampled token. Tell only steps without prompts, which
     * would make single tokens look dear.
     *
     * @param tokens all tokens of the batch, guesses included
     */
    public void took(int tokens, long nanos) {
        pace.took(tokens, nanos);
    }

    @Override
    public void close() {
        pace.want(false);
        if (model != null) model.close();
    }
}
