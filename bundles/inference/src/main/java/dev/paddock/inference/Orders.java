package dev.paddock.inference;

import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.ContextPolicy;
import dev.paddock.api.model.Option;
import java.util.List;
import java.util.Optional;
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
     * The order for a prompt that leaves room for an answer, which is free.
     *
     * @throws PaddockException when an option goes beyond the model's vocabulary
     */
    static GenerationOrder of(
            Job job, ContextPolicy policy, Window window, PromptSource.Prepared prompt, String cacheScope) {
        OptionRanges.checkVocabulary(job.options(), window.facts());
        int[] tokens = prompt.tokens();
        var shift = shift(job, policy, window, tokens);
        int room = shift.isPresent() ? Math.multiplyExact(MOST_WINDOWS, window.size()) : window.room(tokens);
        int limit = job.options().integer(Option.NUM_PREDICT, -1);
        int most = limit < 0 ? room : Math.min(limit, room);
        return new GenerationOrder(
                tokens,
                Samplings.of(job.options()),
                new Ending(most, job.options().stop(), shift),
                Optional.empty(),
                job.form().logprobs(),
                job.adapters(),
                cacheScope,
                shown(prompt.reading()));
    }

    /** The control tokens that the format reads answers by, of those that the model has. */
    private static List<String> shown(Reading reading) {
        var has = reading.start().signs().controlTokens();
        return reading.format().markers().stream()
                .filter(has::contains)
                .sorted()
                .limit(GenerationOrder.MOST_SHOWN)
                .toList();
    }

    private static OptionalInt shift(Job job, ContextPolicy policy, Window window, int[] prompt) {
        if (policy != ContextPolicy.SHIFT) return OptionalInt.empty();
        int asked = job.options().integer(Option.NUM_KEEP, KEEP);
        int keep = asked < 0 ? prompt.length : Math.min(asked, prompt.length);
        return OptionalInt.of(Math.clamp(keep, 0, Math.max(0, window.size() - LEAST_SHIFTED)));
    }
}
