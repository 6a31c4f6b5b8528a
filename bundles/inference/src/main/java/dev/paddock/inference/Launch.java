package dev.paddock.inference;

import dev.paddock.api.engine.Generation;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.inference.EventStream;
import dev.paddock.api.prompt.Grammars;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts the answer to one job on a leased model. Starting the generation comes last: whatever fails before it leaves only
 * the lease to give back.
 *
 * @param settings as they are now
 * @param guest holds the model
 */
record Launch(Grammars grammars, Settings settings, Job job, Door.Guest guest) {
    EventStream start() {
        var loaded = guest.lease().model();
        var policy = job.policy(settings.overflow(), loaded.facts());
        var window = Window.of(job.name(), loaded.facts(), job.options());
        var serving = guest.serving(window.size());
        guest.watch().granted(serving);
        var fitted =
                new Fitting(window, window.wanted(job.options()), source -> prepare(source)).fit(job.source(), policy);
        var prompt = fitted.prompt();
        guest.watch().prompted(prompt.tokens().length);
        var scope = settings.cacheScope(job.asker().identity());
        var free = Orders.of(job, policy, window, prompt, scope);

        var constraint = Constraint.of(grammars, job, prompt.reading());
        var begun = begun(prompt.reading(), loaded, free);
        boolean straight = begun.isPresent() && !begun.get().thinks();
        var reading = straight ? prompt.reading().withoutThoughts() : prompt.reading();
        if (straight) constraint = Constraint.of(grammars, job, reading);

        List<String> notes = new ArrayList<>(job.notes());
        notes.addAll(constraint.notes());
        var parser = reading.parser();
        var limit = ThoughtLimit.of(grammars, job, reading, notes);
        var order = free.with(free.prompt(), free.ending(), constraint.grammar());
        Generation generation =
                limit.isPresent() ? new BudgetedGeneration(loaded, order, limit.get()) : loaded.generate(order);
        if (begun.isPresent()) generation = begun.get().before(generation);
        generation = new WatchedGeneration(generation, guest.watch());
        return new AnswerStream(job, fitted, parser, notes, serving, guest.lease(), generation);
    }

    private PromptSource.Prepared prepare(PromptSource source) {
        var loaded = guest.lease().model();
        return source.prepare(job.model(), loaded, loaded.facts().contextLength());
    }

    /** How the model begins by itself, where that has to be known. */
    private Optional<FreeStart> begun(Reading reading, LoadedModel loaded, GenerationOrder free) {
        if (!job.forced() || !reading.undecided()) return Optional.empty();
        return reading.thoughts().map(marks -> FreeStart.of(loaded, free, reading, marks));
    }
}
