package dev.paddock.prompt.adapt;

import dev.paddock.api.prompt.Message;
import dev.paddock.prompt.jinja.JinjaTemplate;
import dev.paddock.prompt.jinja.Sandbox;
import dev.paddock.prompt.jinja.TemplateException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Renders a template with small conversations, in bounded work and time. One thread. */
final class Probe {
    /** A conversation of a few words takes a thousandth of this. */
    private static final long MOST_WORK = 100_000;

    /** Of all of them together; a usual template takes a hundredth of this. Then what is not known stays as it is. */
    private static final Duration MOST_TIME = Duration.ofSeconds(2);

    private static final List<Map<String, Object>> TOOLS = List.of(Map.of(
            "type",
            "function",
            "function",
            Map.of(
                    "name",
                    "offered",
                    "description",
                    "Offered.",
                    "parameters",
                    Map.of("type", "object", "properties", Map.of(), "required", List.of()))));

    private final JinjaTemplate template;
    private final long end = System.nanoTime() + MOST_TIME.toNanos();

    Probe(JinjaTemplate template) {
        this.template = template;
    }

    /** What it makes of a conversation that the assistant is to answer; empty when it fails. */
    Optional<String> written(TemplateTraits traits, List<Message> messages) {
        return rendered(Map.of("messages", Adapted.of(traits, messages)));
    }

    /** The same with a tool on offer. */
    Optional<String> writtenWithTools(TemplateTraits traits, List<Message> messages) {
        return rendered(Map.of("messages", Adapted.of(traits, messages), "tools", TOOLS));
    }

    private Optional<String> rendered(Map<String, Object> given) {
        Map<String, Object> variables = new HashMap<>(given);
        variables.put("add_generation_prompt", true);
        variables.put("bos_token", "");
        variables.put("eos_token", "");
        long left = end - System.nanoTime();
        if (left <= 0) return Optional.empty();
        var sandbox =
                Sandbox.lenient(() -> LocalDateTime.of(2026, 1, 1, 0, 0)).within(Duration.ofNanos(left), MOST_WORK);
        try {
            return Optional.of(template.render(variables, sandbox));
        } catch (TemplateException e) {
            return Optional.empty();
        }
    }
}
