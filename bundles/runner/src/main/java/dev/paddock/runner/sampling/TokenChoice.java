package dev.paddock.runner.sampling;

import dev.paddock.api.engine.Logprob;
import dev.paddock.runner.llama.Context;
import dev.paddock.runner.llama.LlamaException;

/** How the tokens of one answer are chosen. It may be made by any thread and is then used by one. */
public interface TokenChoice extends AutoCloseable {
    /**
     * Takes in tokens that were computed or chosen before: penalties and DRY see them; those of the answer move grammar
     * and random choices on too, so that an answer taken up again with a fixed seed goes on as it would have. (Mirostat
     * alone starts afresh: what it knows cannot be told from tokens.)
     *
     * @param tokens of prompt and answer, each in the vocabulary
     * @param from the first to take in
     * @param to the first not to take in
     * @param answerFrom where the answer starts
     */
    void replay(int[] tokens, int from, int to, int answerFrom);

    /**
     * Chooses the next token and takes it in.
     *
     * @param index of a token of the last batch that was added with output
     * @throws LlamaException INVALID_REQUEST when the grammar leaves no token; only this answer cannot go on
     */
    int sample(Context context, int index);

    /** How likely the last token was; null when the order does not ask. */
    Logprob logprob();

    @Override
    void close();
}
