package dev.paddock.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.prompt.jinja.JinjaTemplate;
import dev.paddock.prompt.jinja.Sandbox;
import dev.paddock.prompt.jinja.TemplateException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Real chat templates and language features against what Python's jinja2 gave. The data is not part of the repository:
 * it lies in {@code shared/data} beside the checkout, or where the system property {@code paddock.reference.data} says.
 */
class ReferenceTest {
    /** The clock that was frozen when the expected texts were made. */
    private static final LocalDateTime NOW = LocalDateTime.of(2026, 1, 15, 14, 5, 9);

    private static final int FAILURES_SHOWN = 20;

    private final Map<String, JinjaTemplate> parsed = new HashMap<>();
    private boolean lenient;
    private int passed;
    private int total;
    private final List<String> failures = new ArrayList<>();

    @Test
    void everyFeatureOfTheLanguageBehavesAsInPython() {
        for (var sample : read("micro.jsonl")) {
            check(sample.get("name"), (String) sample.get("template"), (Map<?, ?>) sample.get("context"), sample);
        }
        report("features and white space", 1000);
    }

    @Test
    void everyRealTemplateRendersAsInPython() {
        Map<Object, Object> templates = byName("templates.jsonl", "template", "text");
        Map<Object, Object> contexts = byName("contexts.jsonl", "context", "value");
        for (var sample : read("cases.jsonl")) {
            String name = sample.get("template") + " / " + sample.get("context");
            String template = (String) templates.get(sample.get("template"));
            check(name, template, (Map<?, ?>) contexts.get(sample.get("context")), sample);
        }
        report("real templates", 1000);
    }

    /** What Hugging Face's sandbox refuses and the lenient one renders. */
    @Test
    void templatesThatNeedMoreAreRenderedInTheLenientSandbox() {
        lenient = true;
        Map<Object, Object> templates = byName("templates.jsonl", "template", "text");
        Map<Object, Object> contexts = byName("contexts.jsonl", "context", "value");
        for (var sample : read("cases-lenient.jsonl")) {
            String name = sample.get("template") + " / " + sample.get("context");
            String template = (String) templates.get(sample.get("template"));
            if (template == null) continue;
            check(name, template, (Map<?, ?>) contexts.get(sample.get("context")), sample);
        }
        report("lenient cases", 60);
    }

    private void check(Object name, String template, Map<?, ?> context, Map<String, Object> sample) {
        total++;
        Map<String, Object> variables = new HashMap<>();
        context.forEach((key, value) -> variables.put((String) key, value));
        String problem;
        try {
            var sandbox = lenient ? Sandbox.lenient(() -> NOW) : Sandbox.strict(() -> NOW);
            String text = parsed.computeIfAbsent(template, JinjaTemplate::parse).render(variables, sandbox);
            problem = text.equals(sample.get("expected")) ? null : "gave " + text;
        } catch (TemplateException e) {
            problem = expected(e, sample.get("error")) ? null : "failed: " + e.getMessage();
        } catch (RuntimeException e) {
            problem = "bug: " + e;
        }
        if (problem == null) passed++;
        else failures.add(name + " " + problem + "\n   wanted " + sample.getOrDefault("expected", sample.get("error")));
    }

    /** What a template says with raise_exception must come through; any failure will do where Python failed. */
    private static boolean expected(TemplateException failure, Object error) {
        if (!(error instanceof Map<?, ?> wanted)) return false;
        if (!"raise".equals(wanted.get("kind"))) return true;
        return failure instanceof TemplateException.Raised
                && failure.getMessage().equals(wanted.get("message"));
    }

    private void report(String what, int least) {
        System.out.println("reference " + what + ": " + passed + " of " + total + " as in Python");
        assertThat(failures.stream().limit(FAILURES_SHOWN)).isEmpty();
        assertThat(total).isGreaterThan(least);
    }

    private static Map<Object, Object> byName(String file, String key, String value) {
        Map<Object, Object> map = new HashMap<>();
        for (var line : read(file)) map.put(line.get(key), line.get(value));
        return map;
    }

    private static List<Map<String, Object>> read(String file) {
        return ReferenceData.shared("jinja", file);
    }
}
