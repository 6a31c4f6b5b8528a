package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.prompt.ReferenceData;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Turns of assistants as 118 real templates write them, read back by the format that {@code families.txt} names
 * (that it accepts the template, {@link DetectionTest} shows): what the template wrote of content, thoughts
 * and calls must come out, and nothing else. What does not is listed in {@code answers-not-read.txt} with the reason.
 */
class ReferenceAnswersTest {
    /** Answers that are read: fewer must never be. */
    private static final int RATCHET = 1072;

    private final Map<String, String> families = Families.formatByTemplate();
    private final Map<String, String> templates = new HashMap<>();
    private final Map<String, Integer> passed = new TreeMap<>();
    private final Map<String, String> unread = new TreeMap<>();
    private int damaged;

    @Test
    void whatTemplatesWriteOfATurnComesBack() {
        var rows = ReferenceData.shared("jinja", "assistant-formats.jsonl");
        for (var row : ReferenceData.shared("jinja", "templates.jsonl")) {
            templates.put((String) row.get("template"), (String) row.get("text"));
        }
        for (var row : rows) check(new ReferenceAnswer(row));
        int read = passed.values().stream().mapToInt(Integer::intValue).sum();
        System.out.println("reference answers: " + read + " of " + rows.size() + " read, by format " + passed + "; "
                + damaged + " have no usable beginning");
        var known = known();
        unread.forEach((name, what) -> assertThat(known).as(what).contains(name));
        assertThat(known).as("none of these is read by now").isSubsetOf(unread.keySet());
        assertThat(read).isGreaterThanOrEqualTo(RATCHET);
        assertThat(damaged).isLessThanOrEqualTo(74);
    }

    private static List<String> known() {
        return Families.text("answers-not-read.txt")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    private void check(ReferenceAnswer row) {
        if (!row.usable()) damaged++;
        else check(row, InstalledFormats.named(families.get(row.template())).orElseThrow());
    }

    private void check(ReferenceAnswer row, ChatFormat format) {
        String text = templates.getOrDefault(row.template(), "");
        var signs = ModelSigns.of(new ChatTemplate(ChatTemplate.Language.JINJA, text));
        var parser = format.parser(new AnswerStart(signs, row.prompt(), ReferenceAnswer.TOOLS));
        String got = ReferenceAnswer.shown(Answers.feed(parser, List.of(row.answer())));
        if (got.equals(row.expected())) passed.merge(format.name(), 1, Integer::sum);
        else unread.put(row.name(), row.answer() + "\ngave   " + got + "\nwanted " + row.expected());
    }
}
