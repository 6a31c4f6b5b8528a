package dev.paddock.prompt.jinja;

import java.time.LocalDateTime;
import java.util.Map;
import java.util.function.Supplier;

/** A parsed template. Immutable; safe for many threads. */
public final class JinjaTemplate {
    private final StatementParser.Parsed parsed;

    private JinjaTemplate(StatementParser.Parsed parsed) {
        this.parsed = parsed;
    }

    /**
     * Parses a template.
     *
     * @throws TemplateException with the line, when the text is wrong or nested too deeply
     */
    public static JinjaTemplate parse(String source) {
        return new JinjaTemplate(StatementParser.parse(source));
    }

    /**
     * Renders it in the strict sandbox.
     *
     * @param variables plain Java values: null, Boolean, Long, BigInteger, Double, String, List, Map
     * @param clock what {@code strftime_now} sees
     * @throws TemplateException.Raised when the template calls {@code raise_exception}
     * @throws TemplateException when it fails or does too much; the message names the line
     */
    public String render(Map<String, ?> variables, Supplier<LocalDateTime> clock) {
        return render(variables, Sandbox.strict(clock));
    }

    /**
     * Renders it.
     *
     * @param variables plain Java values: null, Boolean, Long, BigInteger, Double, String, List, Map
     * @throws TemplateException.Raised when the template calls {@code raise_exception}
     * @throws TemplateException when it fails or does too much; the message names the line
     */
    public String render(Map<String, ?> variables, Sandbox sandbox) {
        var run = new Run(sandbox, InputSize.of(variables));
        var executor = new Executor(run);
        Scope globals = new Scope(null);
        Scope top = new Scope(globals);
        Globals.addTo(globals);
        globals.set("self", new Blocks(parsed.blocks(), top, executor));
        variables.forEach(globals::set);
        try {
            return rendered(executor, top);
        } catch (TemplateException.Raised e) {
            throw e;
        } catch (StackOverflowError e) {
            // Bounded nesting fits a usual stack; the caller may have used up most of its own.
            throw new TemplateException("line " + run.line() + ": maximum recursion depth exceeded");
        } catch (TemplateException e) {
            throw TemplateException.at(run.line(), e);
        }
    }

    /**
     * The names that it looks at. Runs nothing.
     *
     * @throws TemplateException when it is nested too deeply
     */
    public TemplateNames names() {
        try {
            return NameSearch.in(parsed.body());
        } catch (StackOverflowError e) {
            throw new TemplateException("the template is nested too deeply");
        }
    }

    private String rendered(Executor executor, Scope top) {
        StringBuilder out = new StringBuilder();
        executor.all(parsed.body(), top, out);
        return out.toString();
    }
}
