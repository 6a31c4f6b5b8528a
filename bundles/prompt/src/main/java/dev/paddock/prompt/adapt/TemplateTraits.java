package dev.paddock.prompt.adapt;

import dev.paddock.api.prompt.Role;
import dev.paddock.prompt.jinja.JinjaTemplate;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * How a Jinja template reads messages. Immutable.
 *
 * @param typed roles whose content it wants as a list of parts
 * @param system where it writes what the system says
 * @param calls how it wants tool calls; empty when it writes none, so that they stand in the content
 * @param results whether it writes the results of tools
 */
public record TemplateTraits(Set<Role> typed, SystemPlace system, Optional<CallForm> calls, boolean results) {
    /** Everything as the API has it: of a template of which nothing is known. */
    public static final TemplateTraits PLAIN =
            new TemplateTraits(Set.of(), SystemPlace.ANYWHERE, Optional.of(CallForm.USUAL), true);

    public TemplateTraits {
        typed = Set.copyOf(typed);
    }

    /** Tries a template out, in bounded work. One that cannot even write what a user says is taken as it is. */
    public static TemplateTraits of(JinjaTemplate template) {
        return new TraitSearch(new Probe(template)).traits();
    }

    TemplateTraits withTyped(Role... roles) {
        Set<Role> all = new HashSet<>(typed);
        all.addAll(Set.of(roles));
        return new TemplateTraits(all, system, calls, results);
    }

    TemplateTraits with(SystemPlace place) {
        return new TemplateTraits(typed, place, calls, results);
    }

    TemplateTraits with(CallForm form) {
        return new TemplateTraits(typed, system, Optional.of(form), true);
    }

    TemplateTraits withoutCalls(boolean writesResults) {
        return new TemplateTraits(typed, system, Optional.empty(), writesResults);
    }
}
