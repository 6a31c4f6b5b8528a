package dev.paddock.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.prompt.jinja.JinjaTemplate;
import dev.paddock.prompt.jinja.TemplateException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random expressions and statements, and damaged templates: as in Python, or refused in our own words. */
class JinjaRandomTest {
    private static final double LEAST_RIGHT = 0.995;
    private static final int DAMAGED = 5000;
    private static final String[] BITS = {
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        "-",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "|",
        ".",
        ",",
        ":",
        "=",
        "'",
        "\"",
        "\\",
        "~",
        "if",
        "else",
        "endif",
        "for",
        "in",
        "endfor",
        "set",
        "macro",
        "endmacro",
        "is",
        "not",
        "loop",
        "raw",
        "99999999999",
        "1e309",
        "\u0000",
        "\ud800",
        "\n",
        "é",
        "%s",
        "range(99999)",
        "|tojson",
        ".x",
        "[::-1]"
    };

    /**
     * Made by {@code src/test/python/random_templates.py}. What may differ: slices of constants that have no items, which
     * Python's compiler folds into nothing; complex numbers; {@code format_map} of what is no mapping but is never asked;
     * printed addresses of objects.
     */
    @Test
    void randomTemplatesRenderAsInPython() {
        var lines = ReferenceData.own("jinja/random.jsonl");
        Map<String, Object> context = Inputs.map(lines.getFirst().get("context"));
        List<String> wrong = new ArrayList<>();
        for (var expected : lines.subList(1, lines.size())) {
            String template = Inputs.text(expected, "template");
            var outcome = PythonOutcome.of(() -> JinjaTemplate.parse(template), context);
            if (outcome.differs(expected)) wrong.add(template + " gave " + outcome + ", not " + expected);
        }
        int all = lines.size() - 1;
        System.out.println("random Jinja templates: " + (all - wrong.size()) + " of " + all + " as in Python");
        assertThat(all).isGreaterThanOrEqualTo(3000);
        assertThat(wrong).hasSizeLessThanOrEqualTo((int) (all * (1 - LEAST_RIGHT)));
    }

    @Test
    void damagedTemplatesFailInOurWordsOrRender() {
        var cases = ReferenceData.own("jinja/expected.jsonl");
        List<Map<String, Object>> contexts = ReferenceData.own("jinja/contexts.jsonl").stream()
                .map(context -> Inputs.map(context.get("value")))
                .toList();
        List<String> families = cases.stream()
                .map(c -> Inputs.text(c, "family"))
                .distinct()
                .map(family -> ReferenceData.text("jinja/families/" + family + ".jinja"))
                .toList();
        Random random = new Random(7);
        int rendered = 0;
        for (int i = 0; i < DAMAGED; i++) {
            String template = damaged(families.get(random.nextInt(families.size())), random);
            if (renders(template, contexts.get(random.nextInt(contexts.size())))) rendered++;
        }
        System.out.println("fuzz: " + DAMAGED + " damaged Jinja templates, " + rendered + " render all the same");
        assertThat(rendered).isBetween(DAMAGED / 20, DAMAGED);
    }

    /** Any other exception fails the test, and names the template. */
    private static boolean renders(String template, Map<String, Object> context) {
        try {
            JinjaTemplate.parse(template).render(context, () -> LocalDateTime.MIN);
            return true;
        } catch (TemplateException.Raised e) {
            return false;
        } catch (TemplateException e) {
            assertThat(e.getMessage()).matches("(?s)line \\d+(, column \\d+)?: .+");
            return false;
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("a bug in: " + template, e);
        }
    }

    private static String damaged(String template, Random random) {
        StringBuilder text = new StringBuilder(template);
        int wounds = 1 + random.nextInt(4);
        for (int i = 0; i < wounds; i++) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(6));
            switch (random.nextInt(3)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, BITS[random.nextInt(BITS.length)]);
                default -> text.insert(random.nextInt(text.length() + 1), text.substring(at, end));
            }
        }
        return text.toString();
    }
}
