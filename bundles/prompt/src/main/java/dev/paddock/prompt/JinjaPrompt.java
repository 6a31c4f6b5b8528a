package dev.paddock.prompt;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.Think;
import dev.paddock.prompt.adapt.Adapted;
import dev.paddock.prompt.adapt.Prefill;
import dev.paddock.prompt.adapt.TemplateTraits;
import dev.paddock.prompt.jinja.JinjaTemplate;
import dev.paddock.prompt.jinja.Sandbox;
import dev.paddock.prompt.jinja.TemplateException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Jinja template and how it reads messages. Immutable.
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

    /**
     * The prompt up to where the answer begins, or goes on.
     *
     * @throws TemplateException when the template fails with the messages as it reads them, and as they are
     */
    String render(PromptInput input, LocalDateTime now) {
        if (!input.suffix().isEmpty()) {
            throw new PaddockException(Fault.UNSUPPORTED, "the model's chat template has no place for a suffix");
        }
        var prompt = input.begun()
                .map(begun -> continued(input, begun, now))
                .orElseGet(() -> attempt(input, input.messages(), true, now));
        // What is refused so may be taken as it is; and what the template says then is of what the client sent.
        return prompt.orElseGet(() -> rendered(input, Adapted.plain(input.messages()), true, now));
    }

    private Optional<String> continued(PromptInput input, Message begun, LocalDateTime now) {
        var before = input.messages().subList(0, input.messages().size() - 1);
        var opened = attempt(input, before, true, now);
        var prompt = new Prefill(begun, input.think() == Think.OFF)
                .within(last -> attempt(input, with(before, last), false, now), opened);
        if (prompt.isEmpty() && opened.isPresent()) {
            throw new PaddockException(
                    Fault.UNSUPPORTED,
                    "the model's chat template writes no thoughts, so none can be continued: begin the content");
        }
        return prompt;
    }

    private static List<Message> with(List<Message> before, Message last) {
        List<Message> messages = new ArrayList<>(before);
        messages.add(last);
        return messages;
    }

    private Optional<String> attempt(PromptInput input, List<Message> messages, boolean open, LocalDateTime now) {
        try {
            return Optional.of(rendered(input, Adapted.of(traits, messages), open, now));
        } catch (TemplateException e) {
            return Optional.empty();
        }
    }

    /** A template that the strict sandbox refuses would answer nobody; others render the same in the lenient one. */
    private String rendered(PromptInput input, List<Map<String, Object>> messages, boolean open, LocalDateTime now) {
        return template.render(Variables.of(input, messages, open, now), Sandbox.lenient(() -> now));
    }
}
