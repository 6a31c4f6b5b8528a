package dev.paddock.inference;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.ContextPolicy;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the longest end of a conversation that fits the window and leaves room for an answer. Which messages belong
 * together the source knows. One request, one thread.
 *
 * @param window what it must fit
 * @param wanted tokens that are to be left for the answer once something is left out
 * @param prepare renders and tokenizes a source
 */
record Fitting(Window window, int wanted, Function<PromptSource, PromptSource.Prepared> prepare) {
    /**
     * A prompt that leaves room for an answer.
     *
     * @param dropped messages that were left out for that
     */
    record Fitted(PromptSource.Prepared prompt, int dropped) {}

    /** @throws PaddockException with {@link Fault#CONTEXT_TOO_LONG} when it does not fit, or not even the least of it */
    Fitted fit(PromptSource source, ContextPolicy policy) {
        if (policy == ContextPolicy.ERROR || source.droppable() == 0) return new Fitted(whole(source), 0);
        var all = within(source, 1);
        return all.isPresent() ? new Fitted(all.get(), 0) : shortened(source);
    }

    private PromptSource.Prepared whole(PromptSource source) {
        var prompt = prepare.apply(source);
        window.requireRoom(prompt.tokens());
        return prompt;
    }

    private Optional<PromptSource.Prepared> within(PromptSource source, int room) {
        try {
            return Optional.of(prepare.apply(source)).filter(prompt -> window.room(prompt.tokens()) >= room);
        } catch (PaddockException e) {
            if (e.fault() != Fault.CONTEXT_TOO_LONG) throw e;
            return Optional.empty();
        }
    }

    /** Searches by halves: each try renders all that is left, and there may be thousands of messages. */
    private Fitted shortened(PromptSource source) {
        int low = 1;
        int high = source.droppable();
        var best = whole(source.without(high));
        while (low < high) {
            int middle = (low + high) >>> 1;
            var prompt = within(source.without(middle), wanted);
            if (prompt.isPresent()) {
                best = prompt.get();
                high = middle;
            } else low = middle + 1;
        }
        return new Fitted(best, source.size() - source.without(high).size());
    }
}
