package dev.paddock.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.PromptInput;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Templates of our own in the manner of the families that Ollama's library has. The expected texts were made by Go's own
 * engine (1.26) with Ollama's values, not by this code.
 */
class GoFamiliesTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 1, 15);

    private final Map<String, PromptInput> inputs = new HashMap<>();
    private final Map<String, GoPrompt> prompts = new HashMap<>();

    @TestFactory
    Iterable<DynamicTest> everyFamilyRendersAsGoDoes() {
        for (var context : ReferenceData.own("go/contexts.jsonl")) {
            inputs.put(Inputs.text(context, "context"), Inputs.of(context));
        }
        var cases = ReferenceData.own("go/expected.jsonl");
        assertThat(cases.stream().map(c -> c.get("family")).distinct()).hasSizeGreaterThan(25);
        return cases.stream()
                .map(expected -> DynamicTest.dynamicTest(
                        expected.get("family") + ", " + expected.get("context"), () -> check(expected)))
                .toList();
    }

    private void check(Map<String, Object> expected) {
        String family = Inputs.text(expected, "family");
        var prompt = prompts.computeIfAbsent(
                family, name -> GoPrompt.parse(ReferenceData.text("go/families/" + name + ".gotmpl")));
        assertThat(prompt.render(inputs.get(expected.get("context")), TODAY)).isEqualTo(expected.get("expected"));
    }
}
