package dev.paddock.inference;

import dev.paddock.api.engine.Adapter;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.RunnerFacts;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.AnswerForm;
import dev.paddock.api.inference.AnswerFormat;
import dev.paddock.api.inference.ContextPolicy;
import dev.paddock.api.model.Options;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.security.Asker;
import java.util.List;

/**
 * One request on its way to an answer.
 *
 * @param model the model it is for
 * @param source makes its prompt
 * @param offer the tools that it may call
 * @param notes what is to be said beside the answer
 * @param form what the answer shall look like
 * @param adapters what it is computed with beside the model
 * @param options the model's and the request's
 * @param asker who asks
 * @param started when it came, by {@link System#nanoTime}
 */
record Job(
        StoredModel model,
        PromptSource source,
        ToolOffer offer,
        List<String> notes,
        AnswerForm form,
        List<Adapter> adapters,
        Options options,
        Asker asker,
        long started) {
    /** Whether the answer's first words are forced, thoughts aside. */
    boolean forced() {
        return switch (form.format().orElse(null)) {
            case AnswerFormat.Grammar own -> false;
            case AnswerFormat.JsonObject any -> true;
            case AnswerFormat.Schema schema -> true;
            case null -> offer.required();
        };
    }

    String name() {
        return model.name().display();
    }

    /** Refuses what no model could do, before one is loaded for it. */
    void check() {
        OptionRanges.check(options);
        if (form.logprobs() < -1 || form.logprobs() > GenerationOrder.MOST_LOGPROBS) {
            throw new PaddockException(
                    Fault.INVALID_REQUEST, "top_logprobs must be between 0 and " + GenerationOrder.MOST_LOGPROBS);
        }
    }

    /**
     * What happens when the context is too small. The server's setting asks for no more than the model can.
     *
     * @throws PaddockException with {@link Fault#UNSUPPORTED} when the request wants a shift that the model cannot do
     */
    ContextPolicy policy(ContextPolicy setting, RunnerFacts facts) {
        var policy = form.overflow().orElse(setting);
        if (policy != ContextPolicy.SHIFT || facts.abilities().shift()) return policy;
        if (form.overflow().isEmpty()) return ContextPolicy.TRUNCATE;
        throw new PaddockException(
                Fault.UNSUPPORTED, "the context of " + name() + " cannot be shifted; ask without \"shift\"");
    }
}
