package dev.paddock.inference;

import dev.paddock.api.engine.RunnerFacts;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Option;
import dev.paddock.api.model.Options;

/**
 * The tokens that prompt and answer share.
 *
 * @param model the model's name, for messages
 * @param facts the runner's
 * @param size the smaller of {@code num_ctx} and the runner's context
 */
record Window(String model, RunnerFacts facts, int size) {
    /** The part of a window that is left free for an answer of any length when messages are left out for it. */
    private static final int ANSWER_PART = 8;

    static Window of(String model, RunnerFacts facts, Options options) {
        int asked = options.integer(Option.NUM_CTX, 0);
        return new Window(model, facts, asked > 0 ? Math.min(asked, facts.contextLength()) : facts.contextLength());
    }

    /** Tokens that a prompt leaves for the answer. */
    int room(int[] prompt) {
        return size - prompt.length;
    }

    /** Tokens that an answer should find when messages are left out for its sake. */
    int wanted(Options options) {
        int limit = options.integer(Option.NUM_PREDICT, -1);
        return Math.clamp(limit < 0 ? size / ANSWER_PART : limit, 1, Math.max(1, size / 2));
    }

    /**
     * Refuses a prompt that leaves no room for an answer.
     *
     * @throws PaddockException with {@link Fault#CONTEXT_TOO_LONG}
     */
    void requireRoom(int[] prompt) {
        if (room(prompt) < 1) throw tooLong(model, Integer.toString(prompt.length), size, facts);
    }

    /** The failure of a prompt that does not fit; both numbers are in it. */
    static PaddockException tooLong(String model, String tokens, int window, RunnerFacts facts) {
        return new PaddockException(
                Fault.CONTEXT_TOO_LONG,
                "the prompt has " + tokens + " tokens, but the context of " + model + " holds " + window
                        + " and the answer needs room too; shorten the prompt or raise num_ctx (the model was"
                        + " trained for " + facts.trainedContext() + ")");
    }
}
