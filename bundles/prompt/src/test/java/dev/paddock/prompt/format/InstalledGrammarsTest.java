package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.ToolChoice;
import dev.paddock.prompt.grammar.GbnfGrammars;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Grammars of all installed formats, as they are really built: what they allow is read as what they are for. */
class InstalledGrammarsTest {
    private static final int ANSWERS = 60;
    private static final ToolChoice REQUIRED = new ToolChoice(ToolChoice.Mode.REQUIRED, List.of(), true, true);
    private static final ToolChoice STRICT = new ToolChoice(ToolChoice.Mode.AUTO, List.of(), true, true);

    private static AnswerStart start() {
        var signs = ModelSigns.of(new ChatTemplate(ChatTemplate.Language.JINJA, ""));
        return new AnswerStart(signs, "", FormatContract.TOOLS);
    }

    private static Stream<DynamicTest> each(Consumer<ChatFormat> test) {
        return InstalledFormats.all().stream()
                .map(each -> DynamicTest.dynamicTest(each.format().name(), () -> test.accept(each.format())));
    }

    @TestFactory
    Stream<DynamicTest> callsThatMustBeAreReadAsCalls() {
        return each(format -> {
            for (String answer : answers(format, REQUIRED)) {
                var read = Answers.feed(format.parser(start()), List.of(answer));
                assertThat(read).as(answer).anyMatch(OutputPiece.Call.class::isInstance);
                assertThat(read).as(answer).noneMatch(OutputPiece.CallBroken.class::isInstance);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> callsThatMayBeAreNotBroken() {
        return each(format -> {
            for (String answer : answers(format, STRICT)) {
                var read = Answers.feed(format.parser(start()), List.of(answer));
                assertThat(read).as(answer).noneMatch(OutputPiece.CallBroken.class::isInstance);
            }
        });
    }

    private static List<String> answers(ChatFormat format, ToolChoice choice) {
        var grammar = new GbnfGrammars().begin();
        var rule = format.calls(grammar, start(), choice);
        // Of unknown Go templates only the mark before calls is known.
        assertThat(rule.isEmpty()).isEqualTo(format.name().equals("go-template"));
        if (rule.isEmpty()) return List.of();
        return random(grammar.text(rule.get()));
    }

    @TestFactory
    Stream<DynamicTest> contentThatFollowsASchemaIsContent() {
        return each(format -> {
            var grammar = new GbnfGrammars().begin();
            String schema = grammar.schema(Map.of("const", "value"), true, "format");
            String rule = format.answer(grammar, start(), schema);
            for (String answer : random(grammar.text(rule))) {
                var read = Answers.shown(Answers.feed(format.parser(start()), List.of(answer)));
                assertThat(read.strip()).as(answer).endsWith("[C]\"value\"");
            }
        });
    }

    private static List<String> random(String text) {
        var gbnf = Gbnf.of(text);
        var random = new Random(8);
        return Stream.generate(() -> gbnf.random("root", random)).limit(ANSWERS).toList();
    }
}
