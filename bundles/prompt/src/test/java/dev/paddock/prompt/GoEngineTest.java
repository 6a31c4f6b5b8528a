package dev.paddock.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.prompt.go.GoTemplate;
import dev.paddock.prompt.go.GoTemplateException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Templates made at random against what Go's own engine (1.26) gave for them: a text, or that it failed when parsing or
 * when running. None was left out for its result.
 */
class GoEngineTest {
    @Test
    void randomTemplatesGiveWhatGoGives() {
        var cases = ReferenceData.own("go/engine.jsonl");
        Object data = cases.removeFirst().get("data");
        List<String> wrong = new ArrayList<>();
        for (var sample : cases) {
            String got = outcome((String) sample.get("template"), data);
            String wanted =
                    sample.containsKey("text") ? "text " + sample.get("text") : "fails at " + sample.get("fails");
            if (!got.startsWith("fails") ? !got.equals(wanted) : !wanted.startsWith("fails")) {
                wrong.add(sample.get("template") + "\n gave " + got + "\n wanted " + wanted);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(cases).hasSize(1400);
    }

    private static String outcome(String template, Object data) {
        try {
            return "text " + GoTemplate.parse(template).render(data, LocalDate.EPOCH);
        } catch (GoTemplateException e) {
            return "fails: " + e.getMessage();
        }
    }

    @Test
    void aParsedTemplateCanBeRunAgain() {
        var template = GoTemplate.parse("{{ $x := .a }}{{ range .l }}{{ $x = . }}{{ end }}{{ $x }}");
        for (int i = 0; i < 3; i++) {
            assertThat(template.render(Map.of("a", 1L, "l", List.of(2L, 3L)), LocalDate.EPOCH))
                    .isEqualTo("3");
        }
    }
}
