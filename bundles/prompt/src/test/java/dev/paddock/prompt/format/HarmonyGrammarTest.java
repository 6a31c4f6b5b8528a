package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.ToolChoice;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class HarmonyGrammarTest {
    private static final String START = "<|start|>assistant";
    private static final String FINAL = "<|channel|>final<|message|>";
    private static final String ANALYSIS = "<|channel|>analysis<|message|>";
    private static final ToolChoice REQUIRED = new ToolChoice(ToolChoice.Mode.REQUIRED, List.of(), true, true);
    private static final ToolChoice ADD = new ToolChoice(ToolChoice.Mode.REQUIRED, List.of("add"), false, true);

    private final HarmonyFormat format = new HarmonyFormat();
    private final SimpleGrammar grammar = new SimpleGrammar();

    private static AnswerStart start(String prompt) {
        var signs = ModelSigns.of(new ChatTemplate(ChatTemplate.Language.JINJA, ""));
        return new AnswerStart(signs, prompt, FormatContract.TOOLS);
    }

    private Predicate<String> calls(String prompt, ToolChoice choice) {
        String rule = format.calls(grammar, start(prompt), choice).orElseThrow();
        var gbnf = Gbnf.of(grammar.text(rule));
        return text -> gbnf.matches(rule, text);
    }

    private Predicate<String> answer(String prompt) {
        String content = grammar.rule("content", "\"[1]\"");
        String rule = format.answer(grammar, start(prompt), content);
        var gbnf = Gbnf.of(grammar.text(rule));
        return text -> gbnf.matches(rule, text);
    }

    @Test
    void contentStandsOnTheFinalChannelBehindThoughts() {
        assertThat(answer(START))
                .accepts(FINAL + "[1]", ANALYSIS + "x y<|end|>" + START + FINAL + "[1]")
                .accepts((ANALYSIS + "x<|end|>" + START).repeat(2) + FINAL + "[1]")
                .rejects(
                        "[1]",
                        FINAL + "1",
                        ANALYSIS + "x<|end|>" + FINAL + "[1]",
                        "<|channel|>commentary<|message|>[1]");
    }

    @Test
    void thePromptMayHaveBegunTheAnswer() {
        assertThat(answer(START + FINAL)).accepts("[1]").rejects(FINAL + "[1]");
        assertThat(answer(START + ANALYSIS + "x"))
                .accepts("y<|end|>" + START + FINAL + "[1]")
                .rejects("[1]", FINAL + "[1]");
        assertThat(format.calls(grammar, start(START + FINAL), REQUIRED)).isEmpty();
    }

    @Test
    void aCallThatMustBeIsWrittenInOneOfTheModelsWays() {
        String json = "{\"a\": 1, \"b\": 2}";
        assertThat(calls(START, REQUIRED))
                .accepts("<|channel|>commentary to=functions.add <|constrain|>json<|message|>" + json)
                .accepts(" to=functions.add<|channel|>commentary json<|message|>" + json)
                .accepts(ANALYSIS + "x<|end|>" + START + "<|channel|>commentary to=functions.add<|message|>" + json)
                .rejects(FINAL + "x", "<|channel|>commentary to=functions.nobody<|message|>{}")
                .rejects("<|channel|>commentary to=functions.add<|message|>{}");
        assertThat(calls(START, ADD)).rejects("<|channel|>commentary to=functions.now<|message|>{}");
    }

    @Test
    void whereNoCallMustBeTheAnswerIsFree() {
        assertThat(calls(START, ToolChoice.AUTO))
                .accepts(FINAL + "x y", ANALYSIS + "x<|end|>" + START + FINAL + "x")
                .accepts("<|channel|>commentary to=functions.now<|message|>{}")
                .accepts("<|channel|>commentary<|message|>x<|end|>" + START
                        + " to=functions.now<|channel|>commentary<|message|>{}");
    }

    @Test
    void whatTheGrammarWritesIsReadAsACall() {
        var random = new Random(5);
        for (String prompt : List.of(START, START + ANALYSIS)) {
            String rule = format.calls(grammar, start(prompt), REQUIRED).orElseThrow();
            var gbnf = Gbnf.of(grammar.text(rule));
            for (int i = 0; i < 300; i++) {
                String answer = gbnf.random(rule, random);
                var read = Answers.feed(format.parser(start(prompt)), List.of(answer));
                assertThat(read).as(answer).last().isInstanceOf(OutputPiece.Call.class);
                assertThat(read).as(answer).noneMatch(OutputPiece.Content.class::isInstance);
            }
        }
    }
}
