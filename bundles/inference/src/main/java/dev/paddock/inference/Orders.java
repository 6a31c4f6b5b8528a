package dev.paddock.inference;

import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.ContextPolicy;
import dev.paddock.api.model.Option;
import java.util.List;
import java.util.OptionalInt;

/** Makes a generation order out of a job and its prompt, within the context window. */
final class Orders {
    /** Ollama's: an answer without a limit that shifts its context would never end. */
    private static final int MOST_WINDOWS = 10;
    /** Ollama's default of {@code num_keep}. */
    private static final int KEEP = 4;
    /** Tokens that a shift must have to work with, as in llama.cpp's server. */
    private static final int LEAST_SHIFTED = 4;

    private Orders() {}

    /**
     * The order for a prompt that leaves room for an answer.
     *
     * @throws PaddockException when an option goes beyond the model's vocabulary
     */
    static GenerationOrder of(Job job, ContextPolicy policy, Window window, int[] prompt, String cacheScope) {
        OptionRanges.checkVocabulary(job.options(), window.facts());
        var shift = shift(job, policy, window, prompt);
        int room = shift.isPresent() ? Math.multiplyExact(MOST_WINDOWS, window.size()) : window.room(prompt);
        int limit = job.options().integer(Option.NUM_PREDICT, -1);
        int most = limit < 0 ? room : Math.min(limit, room);
        return new GenerationOrder(
                prompt,
                Samplings.of(job.options()),
                new Ending(most, job.options().stop(), shift),
                job.grammar(),
                job.form().logprobs(),
                job.adapters(),
                cacheScope,
                List.of());
    }

    private static OptionalInt shift(Job job, ContextPolicy policy, Window window, int[] prompt) {
        if (policy != ContextPolicy.SHIFT) return OptionalInt.empty();
        int asked = job.options().integer(Option.NUM_KEEP, KEEP);
        int keep = asked < 0 ? prompt.length : Math.min(asked, prompt.length);
        return OptionalInt.of(Math.clamp(keep, 0, Math.max(0, window.size() - LEAST_SHIFTED)));
    }
}
