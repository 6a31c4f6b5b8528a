package dev.paddock.prompt;

import dev.paddock.prompt.jinja.JinjaTemplate;
import dev.paddock.prompt.jinja.TemplateException;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What became of a template, to be compared with what Python made of it.
 *
 * @param text what was rendered, or what went wrong
 * @param failed whether it failed
 * @param raised whether the template refused its input
 */
record PythonOutcome(String text, boolean failed, boolean raised) {
    /** The clock that was frozen when the expected texts were made. */
    private static final LocalDateTime NOW = LocalDateTime.of(2026, 1, 15, 14, 5, 9);

    static PythonOutcome of(Supplier<JinjaTemplate> template, Map<String, Object> variables) {
        try {
            return new PythonOutcome(template.get().render(variables, () -> NOW), false, false);
        } catch (TemplateException.Raised e) {
            return new PythonOutcome(e.getMessage(), true, true);
        } catch (TemplateException e) {
            return new PythonOutcome(e.getMessage(), true, false);
        }
    }

    /** What a template raises must come through; any failure will do where Python failed otherwise. */
    boolean differs(Map<String, Object> expected) {
        if (!expected.containsKey("error")) return failed || !text.equals(expected.get("expected"));
        Map<String, Object> error = Inputs.map(expected.get("error"));
        if (!failed) return true;
        return "raise".equals(error.get("kind")) && !(raised && text.equals(error.get("message")));
    }
}
