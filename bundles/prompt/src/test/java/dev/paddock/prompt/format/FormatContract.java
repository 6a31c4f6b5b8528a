package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every format must do: its cases come out as the table says however they are cut, and random answers neither make
 * it fail nor lose a word.
 */
abstract class FormatContract {
    private static final int SPLITS = 200;
    private static final int RANDOM_ANSWERS = 100_000;
    private static final int RANDOM_SPLITS_CHECKED = 5_000;
    private static final int MUTATIONS = 20_000;
    private static final int MUTATION_SPLITS_CHECKED = 4_000;

    /** Tools that every case may call; {@code describe} says of which type the arguments are. */
    static final List<Tool> TOOLS = List.of(
            tool("add", Map.of("a", Map.of("type", "integer"), "b", Map.of("type", "integer"))),
            tool(
                    "weather",
                    Map.of(
                            "city", Map.of("type", "string"),
                            "days", Map.of("type", "integer"),
                            "exact", Map.of("type", "boolean"),
                            "tags", Map.of("type", "array", "items", Map.of("type", "string")),
                            "where", Map.of("type", "object"))),
            tool("write_file", Map.of("path", Map.of("type", "string"), "text", Map.of("type", "string"))),
            tool("now", Map.of()));

    /**
     * One row of a table.
     *
     * @param title what it shows
     * @param prompt its end: it may open a thought
     * @param answer what the model wrote
     * @param expected as {@link Answers#shown} writes it
     */
    record Case(String title, String prompt, String answer, String expected) {}

    static Case row(String title, String answer, String expected) {
        return new Case(title, "", answer, expected);
    }

    /** The answer to a prompt with this end. */
    static Case row(String title, String prompt, String answer, String expected) {
        return new Case(title, prompt, answer, expected);
    }

    private static Tool tool(String name, Map<String, Object> properties) {
        Map<String, Object> parameters = Map.of("type", "object", "properties", properties);
        return new Tool(name, Map.of("type", "function", "function", Map.of("name", name, "parameters", parameters)));
    }

    abstract ChatFormat format();

    /** At least 30, by hand, from what such models write. */
    abstract List<Case> cases();

    /** The marks of the format, whole and in parts, and what stands between them: random answers are made of these. */
    abstract List<String> bits();

    /** Ends of prompts that random answers follow. */
    List<String> prompts() {
        return List.of("", "<think>\n");
    }

    /** What the format is told of the model. */
    ModelSigns signs() {
        return ModelSigns.of(new ChatTemplate(ChatTemplate.Language.JINJA, ""));
    }

    final List<OutputPiece> read(String prompt, List<String> pieces) {
        return Answers.feed(format().parser(new AnswerStart(signs(), prompt, TOOLS)), pieces);
    }

    @Test
    void thereAreEnoughCases() {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(30);
        assertThat(cases().stream().map(Case::title)).doesNotHaveDuplicates();
    }

    @TestFactory
    Stream<DynamicTest> eachCaseComesOutAsTheTableSaysHoweverItIsCut() {
        return cases().stream().map(row -> DynamicTest.dynamicTest(row.title(), () -> check(row)));
    }

    private void check(Case row) {
        var whole = read(row.prompt(), List.of(row.answer()));
        assertThat(Answers.shown(whole)).isEqualTo(row.expected());
        Answers.checkRules(whole);
        var random = new Random(42);
        for (int round = 0; round <= SPLITS; round++) {
            // The first is character by character.
            var pieces = Answers.cut(row.answer(), random, 1 + round % 12);
            var read = read(row.prompt(), pieces);
            assertThat(Answers.shown(read)).as("%s", pieces).isEqualTo(row.expected());
            Answers.checkRules(read);
        }
    }

    @Test
    void withoutToolsNoCaseCalls() {
        for (Case row : cases()) {
            var parser = format().parser(new AnswerStart(signs(), row.prompt(), List.of()));
            assertThat(Answers.feed(parser, List.of(row.answer())))
                    .allMatch(p -> p instanceof OutputPiece.Content || p instanceof OutputPiece.Thinking);
        }
    }

    @Test
    void randomAnswersLoseNothing() {
        var random = new Random(7);
        for (int i = 0; i < RANDOM_ANSWERS; i++) {
            List<String> words = new ArrayList<>();
            String answer = answer(random, words);
            String prompt = prompts().get(i % prompts().size());
            var pieces = Answers.cut(answer, random, 1 + i % 40);
            var read = read(prompt, pieces);
            String all = Answers.words(read);
            for (String word : words) {
                if (!all.contains(word)) assertThat(all).as("%s", answer).contains(word);
            }
            if (i >= RANDOM_SPLITS_CHECKED) continue;
            Answers.checkRules(read);
            assertThat(Answers.shown(read))
                    .as("%s as %s", answer, pieces)
                    .isEqualTo(Answers.shown(read(prompt, List.of(answer))));
        }
    }

    @Test
    void mixedUpAnswersLoseNothing() {
        var random = new Random(11);
        var cases = cases();
        for (int i = 0; i < MUTATIONS; i++) {
            Case row = cases.get(i % cases.size());
            List<String> words = new ArrayList<>();
            String answer = Mutations.of(row.answer(), random, words);
            var read = read(row.prompt(), Answers.cut(answer, random, 1 + i % 40));
            String all = Answers.words(read);
            for (String word : words) {
                if (!all.contains(word) && !isId(answer, word))
                    assertThat(all).as("%s", answer).contains(word);
            }
            if (i >= MUTATION_SPLITS_CHECKED) continue;
            Answers.checkRules(read);
            assertThat(Answers.shown(read))
                    .as("%s", answer)
                    .isEqualTo(Answers.shown(read(row.prompt(), List.of(answer))));
        }
    }

    /** Whether a word of an answer is part of an id that the model gave a call: those are not given out. */
    boolean isId(String answer, String word) {
        return Pattern.compile("\"(id|type|tool_call_id|index)\"\\s*:\\s*(\"[^\"]*)?" + word)
                .matcher(answer)
                .find();
    }

    /** Marks and words by turns; no word comes twice in one answer. */
    private String answer(Random random, List<String> words) {
        StringBuilder answer = new StringBuilder();
        var bits = bits();
        for (int count = random.nextInt(24); count > 0; count--) {
            if (random.nextInt(3) > 0) answer.append(bits.get(random.nextInt(bits.size())));
            else {
                String word = "w" + (1000 + words.size()) + "x";
                words.add(word);
                answer.append(word);
            }
        }
        return answer.toString();
    }
}
