package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.prompt.ReferenceData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which format accepts which real template, by the table {@code families.txt}. */
class DetectionTest {
    private final Map<String, String> expected = Families.formatByTemplate();
    private final List<String> wrong = new ArrayList<>();
    private int right;

    @Test
    void jinjaTemplatesAreKnownByTheirText() {
        var templates = ReferenceData.shared("jinja", "templates.jsonl");
        for (var row : templates) {
            check((String) row.get("template"), new ChatTemplate(ChatTemplate.Language.JINJA, (String)
                    row.get("text")));
        }
        report("Jinja templates");
        assertThat(templates).hasSize(92);
    }

    @Test
    void goTemplatesOfOllamaAreKnownByTheirText() {
        Map<String, String> templates = new LinkedHashMap<>();
        for (var row : ReferenceData.shared("gotemplate", "ollama.jsonl")) {
            String name = (String) row.get("name");
            if (name.contains(".gotmpl/")) {
                templates.put("go/" + name.substring(0, name.indexOf('/')), (String) row.get("template"));
            }
        }
        templates.forEach((name, text) -> check(name, new ChatTemplate(ChatTemplate.Language.GO, text)));
        report("Go templates of Ollama");
        assertThat(templates).hasSize(20);
    }

    @Test
    void goTemplatesOfOursAreKnownByTheirText() {
        assertThat(own("own/", "/dev/paddock/prompt/go/families/%s.gotmpl", ChatTemplate.Language.GO))
                .isGreaterThanOrEqualTo(30);
        report("Go templates of ours");
    }

    @Test
    void templatesForFilesThatHaveNoneAreKnownByTheirText() {
        assertThat(own("family/", "/dev/paddock/prompt/path/family/%s.jinja", ChatTemplate.Language.JINJA))
                .isGreaterThanOrEqualTo(23);
        report("templates for families");
    }

    /** Checks templates of the repository; gives their number. */
    private int own(String prefix, String file, ChatTemplate.Language language) {
        var own = expected.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .toList();
        for (String name : own) {
            String text = Families.text(file.formatted(name.substring(prefix.length())));
            check(name, new ChatTemplate(language, text));
        }
        return own.size();
    }

    private void check(String name, ChatTemplate template) {
        List<String> accepting = InstalledFormats.accepting(ModelSigns.of(template)).stream()
                .map(ChatFormat::name)
                .toList();
        String wanted = String.valueOf(expected.get(name));
        if (accepting.equals(List.of(wanted))) right++;
        else wrong.add(name + ": " + accepting + " instead of " + wanted);
    }

    private void report(String what) {
        System.out.println("detection of " + what + ": " + right + " right");
        assertThat(wrong).isEmpty();
    }
}
