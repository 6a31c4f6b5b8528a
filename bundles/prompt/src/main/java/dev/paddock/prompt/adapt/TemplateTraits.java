package dev.paddock.prompt.adapt;

import dev.paddock.api.prompt.Role;
import dev.paddock.prompt.jinja.JinjaTemplate;
import java.util.Optional;
import java.util.Set;

/**
 * What a Jinja template can take.
 *
 * @param typed roles whose content it wants as a list of parts
 * @param system where it writes what the system says
 * @param calls how it wants tool calls; empty when it writes no calls, or no results
 * @param thoughts how it wants the assistant's thoughts
 */
public record TemplateTraits(Set<Role> typed, SystemPlace system, Optional<CallForm> calls, ThoughtForm thoughts) {
    /** Nothing is changed. */
    private static final TemplateTraits PLAIN =
            new TemplateTraits(Set.of(), SystemPlace.ANYWHERE, Optional.of(CallForm.USUAL), ThoughtForm.USUAL);

    /** Tries a template out. One that cannot even write what a user says is taken as it is. */
    public static TemplateTraits of(JinjaTemplate template) {
        var probe = new Probe(template);
        var typed = ContentProbe.typed(probe);
        if (typed.isEmpty()) return PLAIN;
        var system = SystemPlace.of(probe, typed.get());
        if (SystemPlace.typed(probe, typed.get())) typed.get().add(Role.SYSTEM);
        var calls = new CallProbe(probe, typed.get()).form();
        return new TemplateTraits(
                Set.copyOf(typed.get()), system, calls, new ThoughtProbe(probe, typed.get(), calls).form());
    }
}
