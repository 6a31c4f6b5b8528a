package dev.paddock.prompt;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.prompt.adapt.Adapted;
import dev.paddock.prompt.adapt.TemplateTraits;
import dev.paddock.prompt.jinja.JinjaTemplate;
import dev.paddock.prompt.jinja.Sandbox;
import java.time.LocalDateTime;

/**
 * A Jinja template and what it can take. Immutable.
 *
 * @param template as parsed
 * @param traits found by trying it
 */
record JinjaPrompt(JinjaTemplate template, TemplateTraits traits) {
    /** Parses a template and tries it out. */
    static JinjaPrompt parse(String source) {
        var template = JinjaTemplate.parse(source);
        return new JinjaPrompt(template, TemplateTraits.of(template));
    }

    /** The prompt up to where the answer begins, or goes on. */
    String render(PromptInput input, LocalDateTime now) {
        if (!input.suffix().isEmpty()) {
            throw new PaddockException(Fault.UNSUPPORTED, "the model's chat template has no place for a suffix");
        }
        var adapted = Adapted.of(traits, input.messages());
        var variables = Variables.of(input, adapted.messages(), now);
        // A template that the strict sandbox refuses would answer nobody; others render the same.
        return adapted.prompt(template.render(variables, Sandbox.lenient(() -> now)));
    }
}
