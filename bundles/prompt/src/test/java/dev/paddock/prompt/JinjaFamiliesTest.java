package dev.paddock.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.prompt.jinja.JinjaTemplate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Templates of our own in the manner of 75 families, each with 15 conversations. What is expected was made by Python's
 * jinja2 as Hugging Face sets it up ({@code src/test/python/families.py}), not by this code.
 */
class JinjaFamiliesTest {
    private final Map<Object, Map<String, Object>> contexts = new HashMap<>();
    private final Map<String, JinjaTemplate> templates = new HashMap<>();

    @TestFactory
    Iterable<DynamicTest> everyFamilyRendersAsInPython() {
        for (var context : ReferenceData.own("jinja/contexts.jsonl")) {
            contexts.put(context.get("context"), Inputs.map(context.get("value")));
        }
        var cases = ReferenceData.own("jinja/expected.jsonl");
        assertThat(cases.stream().map(c -> c.get("family")).distinct()).hasSizeGreaterThan(60);
        return cases.stream()
                .map(expected -> DynamicTest.dynamicTest(
                        expected.get("family") + ", " + expected.get("context"), () -> check(expected)))
                .toList();
    }

    private void check(Map<String, Object> expected) {
        var template = templates.computeIfAbsent(
                Inputs.text(expected, "family"),
                name -> JinjaTemplate.parse(ReferenceData.text("jinja/families/" + name + ".jinja")));
        var outcome = PythonOutcome.of(() -> template, contexts.get(expected.get("context")));

        assertThat(outcome.differs(expected)).as(outcome.toString()).isFalse();
    }
}
