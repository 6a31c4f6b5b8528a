package dev.paddock.prompt.adapt;

import dev.paddock.api.prompt.Role;
import dev.paddock.prompt.jinja.JinjaTemplate;
import dev.paddock.prompt.jinja.Sandbox;
import dev.paddock.prompt.jinja.TemplateException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Renders a template with small conversations. Their words are such as no template writes itself. */
record Probe(JinjaTemplate template) {
    static final String SYSTEM = "probe-of-the-system";
    static final String USER = "probe-of-the-user";
    static final String ANSWER = "probe-of-the-assistant";
    static final String LATER = "probe-of-a-later-turn";
    static final String RESULT = "probe-of-a-result";
    static final String THOUGHT = "probe-of-a-thought";

    /** A conversation of a few words takes a thousandth of this. */
    private static final long MOST_WORK = 100_000;

    private static final Duration MOST_TIME = Duration.ofSeconds(1);

    private static final Map<String, Object> TOOL = Map.of(
            "type",
            "function",
            "function",
            Map.of(
                    "name",
                    "offered",
                    "description",
                    "Offered.",
                    "parameters",
                    Map.of("type", "object", "properties", Map.of(), "required", List.of())));

    /** A message. */
    static Map<String, Object> said(Role role, Object content) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("role", MessageVariables.role(role));
        message.put("content", content);
        return message;
    }

    /** Content as a list of parts. */
    static List<Object> typed(String text) {
        return List.of(Map.of("type", "text", "text", text));
    }

    /** What the template makes of a conversation that the assistant is to answer; empty when it fails. */
    @SafeVarargs
    final Optional<String> opened(Map<String, Object>... messages) {
        return rendered(List.of(messages), true, false);
    }

    /** What the template makes of a conversation as it stands. */
    @SafeVarargs
    final Optional<String> closed(Map<String, Object>... messages) {
        return rendered(List.of(messages), false, false);
    }

    /** What the template makes of a conversation with a tool on offer. */
    Optional<String> withTools(List<Map<String, Object>> messages) {
        return rendered(messages, true, true);
    }

    private Optional<String> rendered(List<Map<String, Object>> messages, boolean generation, boolean tools) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("messages", messages);
        variables.put("add_generation_prompt", generation);
        variables.put("bos_token", "");
        variables.put("eos_token", "");
        if (tools) variables.put("tools", List.of(TOOL));
        var sandbox = Sandbox.lenient(() -> LocalDateTime.of(2026, 1, 1, 0, 0)).within(MOST_TIME, MOST_WORK);
        try {
            return Optional.of(template.render(variables, sandbox));
        } catch (TemplateException e) {
            return Optional.empty();
        }
    }

    /** Whether all of these words are in a text. */
    static boolean has(Optional<String> text, String... words) {
        if (text.isEmpty()) return false;
        for (String word : words) {
            if (!text.get().contains(word)) return false;
        }
        return true;
    }
}
