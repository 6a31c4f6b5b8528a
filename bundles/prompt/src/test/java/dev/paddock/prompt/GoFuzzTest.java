package dev.paddock.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.PromptInput;
import dev.paddock.prompt.go.GoTemplateException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damaged templates fail in our own words or render; nothing else, and none takes long. */
class GoFuzzTest {
    private static final int TEMPLATES = 20_000;
    private static final long MOST_NANOS = 5_000_000_000L;
    private static final String[] BITS = {
        "{{",
        "}}",
        "{{-",
        "-}}",
        " ",
        "(",
        ")",
        "|",
        ".",
        "$",
        "$x",
        ":=",
        "=",
        ",",
        "\"",
        "`",
        "'",
        "\\",
        "end",
        "else",
        "range",
        "{{ range 99999 }}",
        "if",
        "with",
        "define",
        "template",
        "block",
        "break",
        "continue",
        "nil",
        "-1",
        "1e309",
        "0x",
        "%",
        "%999999d",
        "é",
        "\ud800",
        "\u0000",
        "/*",
        "*/",
        "\n",
        "slice",
        "index",
        "printf",
        "json",
        "eq",
        "{{ . }}"
    };

    private final List<String> families = new ArrayList<>();
    private final List<PromptInput> inputs = new ArrayList<>();

    @Test
    void damagedTemplatesFailInOurWordsOrRender() {
        for (var context : ReferenceData.own("go/contexts.jsonl")) inputs.add(Inputs.of(context));
        ReferenceData.own("go/expected.jsonl").stream()
                .map(expected -> Inputs.text(expected, "family"))
                .distinct()
                .forEach(family -> families.add(ReferenceData.text("go/families/" + family + ".gotmpl")));
        Random random = new Random(6);
        int rendered = 0;
        long slowest = 0;
        for (int i = 0; i < TEMPLATES; i++) {
            String template = damaged(families.get(random.nextInt(families.size())), random);
            long started = System.nanoTime();
            if (renders(template, inputs.get(random.nextInt(inputs.size())))) rendered++;
            slowest = Math.max(slowest, System.nanoTime() - started);
        }
        System.out.println("fuzz: " + TEMPLATES + " damaged Go templates, " + rendered
                + " render all the same, slowest " + slowest / 1_000_000 + " ms");
        assertThat(rendered).isBetween(TEMPLATES / 20, TEMPLATES);
        assertThat(slowest).isLessThan(MOST_NANOS);
    }

    /** Any other exception fails the test, and names the template. */
    private static boolean renders(String template, PromptInput input) {
        try {
            GoPrompt.parse(template).render(input, LocalDate.EPOCH);
            return true;
        } catch (GoTemplateException e) {
            assertThat(e.getMessage()).matches("(?s)line \\d+, column \\d+: .+");
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
