package dev.paddock.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.OutputParser;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagParserTest {
    private static final List<Tool> TOOLS =
            List.of(new Tool("add", Map.of("type", "function")), new Tool("weather", Map.of("type", "function")));
    private static final String CALL =
            "<tool_call>\n{\"name\": \"add\", \"arguments\": {\"b\": 2, \"a\": 1}}\n</tool_call>";

    private static final ModelSigns SIGNS = ModelSigns.of(new ChatTemplate(ChatTemplate.Language.JINJA, ""));

    private static AnswerStart start(String prompt) {
        return new AnswerStart(SIGNS, prompt, TOOLS);
    }

    private final ChatFormat hermes = new HermesFormat();

    /** What an answer is, whatever pieces it came in: T = thought, C = content, ! = call. */
    private static String joined(List<OutputPiece> pieces) {
        StringBuilder all = new StringBuilder();
        char last = 0;
        for (var piece : pieces) {
            if (piece instanceof OutputPiece.CallBegun || piece instanceof OutputPiece.CallArguments) continue;
            char kind = piece instanceof OutputPiece.Thinking ? 'T' : piece instanceof OutputPiece.Content ? 'C' : '!';
            if (kind != last || kind == '!') all.append('[').append(kind).append(']');
            last = kind;
            all.append(
                    switch (piece) {
                        case OutputPiece.Thinking thought -> thought.text();
                        case OutputPiece.Content content -> content.text();
                        case OutputPiece.Call call ->
                            call.call().name() + call.call().arguments();
                        default -> throw new AssertionError(piece);
                    });
        }
        return all.toString();
    }

    private static List<OutputPiece> feed(OutputParser parser, List<String> pieces) {
        List<OutputPiece> out = new ArrayList<>();
        for (String piece : pieces) out.addAll(parser.accept(piece));
        out.addAll(parser.finish());
        return out;
    }

    private String whole(String answer) {
        return joined(feed(hermes.parser(start("")), List.of(answer)));
    }

    private String opened(String answer) {
        return joined(feed(hermes.parser(start("<|im_start|>assistant\n<think>\n")), List.of(answer)));
    }

    @Test
    void plainTextIsContent() {
        assertThat(whole("Hello\n\n there ")).isEqualTo("[C]Hello\n\n there ");
    }

    @Test
    void thoughtsAreSetApartAndTrimmed() {
        assertThat(whole("\n<think>\nLet me see.\n\nYes.\n</think>\n\nIt is 4."))
                .isEqualTo("[T]Let me see.\n\nYes.[C]It is 4.");
    }

    @Test
    void anEmptyThoughtIsNone() {
        assertThat(whole("<think>\n\n</think>\n\nHello")).isEqualTo("[C]Hello");
    }

    @Test
    void aPromptThatOpenedTheThoughtBeginsInsideIt() {
        assertThat(opened("17 + 25\n</think>\n42")).isEqualTo("[T]17 + 25[C]42");
        assertThat(opened("<think>\n17 + 25</think>42")).isEqualTo("[T]17 + 25[C]42");
        assertThat(opened("never closed ")).isEqualTo("[T]never closed ");
    }

    @Test
    void thinkTagsInTheMiddleAreText() {
        assertThat(whole("The tag <think> opens.</think>")).isEqualTo("[C]The tag <think> opens.</think>");
    }

    @Test
    void callsAreReadInOrderWithTheirArguments() {
        assertThat(whole("Let me add.\n" + CALL + "\n" + CALL))
                .isEqualTo("[C]Let me add.[!]add{b=2, a=1}[!]add{b=2, a=1}");
    }

    @Test
    void aCallHasAnIdOfItsOwn() {
        var pieces = feed(hermes.parser(start("")), List.of(CALL + CALL));
        var ids = pieces.stream()
                .filter(OutputPiece.Call.class::isInstance)
                .map(p -> ((OutputPiece.Call) p).call().id())
                .toList();
        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("call_[a-z0-9]{8}"));
    }

    @Test
    void aCallMayComeInsideAThought() {
        assertThat(opened("I need help.\n" + CALL)).isEqualTo("[T]I need help.[!]add{b=2, a=1}");
    }

    @Test
    void aThoughtThatOnlyMentionsTheTagStaysAThought() {
        assertThat(opened("use <tool_call> or {not}</think>ok")).isEqualTo("[T]use <tool_call> or {not}[C]ok");
        assertThat(opened("like <tool_call>{ this</think>ok")).isEqualTo("[T]like <tool_call>{ this[C]ok");
    }

    @Test
    void aClosingTagInsideAnArgumentDoesNotEndTheCall() {
        assertThat(whole("<tool_call>{\"name\":\"add\",\"arguments\":{\"s\":\"a</tool_call>}\\\"{\"}}</tool_call>x"))
                .isEqualTo("[!]add{s=a</tool_call>}\"{}[C]x");
    }

    @Test
    void argumentsMayBeAStringOrMissingOrCalledParameters() {
        assertThat(whole("<tool_call>{\"name\":\"add\",\"arguments\":\"{\\\"a\\\":1}\"}</tool_call>"))
                .isEqualTo("[!]add{a=1}");
        assertThat(whole("<tool_call>{\"name\":\"add\"}</tool_call>")).isEqualTo("[!]add{}");
        assertThat(whole("<tool_call>{\"name\":\"add\",\"parameters\":{\"a\":null}}"))
                .isEqualTo("[!]add{a=null}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<tool_call>",
                "<tool_call>\n{",
                "<tool_call>\nhello\n</tool_call>",
                "<tool_call>\n{\"name\": \"add\", \"arguments\": {\"a\": }}\n</tool_call>",
                "<tool_call>\n{\"name\": \"unknown\", \"arguments\": {}}\n</tool_call> rest",
                "<tool_call>{\"name\": \"add\", \"arguments\": 5}</tool_call>",
                "<tool_call>{\"name\": \"add\", \"arguments\": {\"a\": \"unfinished",
                "text <tool_call> <tool_call> {} <tool_call>{\"name\":",
                "ends with <tool_c"
            })
    void whatIsNoCallStaysInTheTextUnchanged(String answer) {
        assertThat(whole(answer)).isEqualTo("[C]" + answer);
    }

    @Test
    void aRealCallAfterABrokenOneIsFound() {
        assertThat(whole("<tool_call>{\"name\": " + CALL)).isEqualTo("[C]<tool_call>{\"name\":[!]add{b=2, a=1}");
    }

    @Test
    void withoutToolsNothingIsACall() {
        assertThat(joined(feed(hermes.parser(new AnswerStart(SIGNS, "", List.of())), List.of(CALL))))
                .isEqualTo("[C]" + CALL);
        assertThat(joined(feed(new PlainFormat().parser(start("")), List.of(CALL))))
                .isEqualTo("[C]" + CALL);
    }

    @Test
    void contentIsGivenOutAsSoonAsItIsCertain() {
        var parser = hermes.parser(start(""));
        assertThat(joined(parser.accept("Hello"))).isEqualTo("[C]Hello");
        assertThat(joined(parser.accept(" <too"))).isEmpty();
        assertThat(joined(parser.accept("th>"))).isEqualTo("[C] <tooth>");
    }

    @Test
    void everyWayOfCuttingAnAnswerGivesTheSame() {
        var answers = List.of(
                "<think>\nLet me see: 1 < 2.\n</think>\n\nIt is <b>4</b>.\n" + CALL + "\n\n" + CALL + "\nDone.\n",
                "  \n<think>a</think>b",
                "<thinking>no</thinking> <tool_call> {\"a\"} " + CALL + "</tool_call>",
                "x\n<tool_call>\n{\"name\": \"add\", \"arguments\": {\"t\": \"😀 é </think>\"}}\n</tool_call>\n\ny </think> z",
                "<tool_call>{\"name\": \"nobody\"}</tool_call><tool_call>{\"name\": \"weather\"}  \n </tool_call ",
                "<think>open <tool_call>\n  { and " + CALL + " never closed \n",
                "\n\n");
        var random = new Random(42);
        for (String answer : answers) {
            for (String prompt : List.of("", "<think>\n")) {
                String expected = joined(feed(hermes.parser(start(prompt)), List.of(answer)));
                for (int at = 0; at <= answer.length(); at++) {
                    var cut = List.of(answer.substring(0, at), answer.substring(at));
                    assertThat(joined(feed(hermes.parser(start(prompt)), cut))).isEqualTo(expected);
                }
                for (int round = 0; round < 300; round++) {
                    var cut = cut(answer, random, 1 + round % 12);
                    assertThat(joined(feed(hermes.parser(start(prompt)), cut)))
                            .as("%s", cut)
                            .isEqualTo(expected);
                }
            }
        }
    }

    private static List<String> cut(String text, Random random, int most) {
        List<String> pieces = new ArrayList<>();
        for (int from = 0; from < text.length(); ) {
            int to = Math.min(text.length(), from + 1 + random.nextInt(most));
            pieces.add(text.substring(from, to));
            from = to;
        }
        return pieces;
    }
}
