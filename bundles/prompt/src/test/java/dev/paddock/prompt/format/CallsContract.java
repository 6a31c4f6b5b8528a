package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Cases that are the same for every family that writes a call as a tool's name and a JSON object of arguments: each is
 * written as the family writes calls. What is special to a family comes in {@link #own}.
 */
abstract class CallsContract extends FormatContract {
    private static final ToolChoice REQUIRED = new ToolChoice(ToolChoice.Mode.REQUIRED, List.of(), true, true);
    private static final int GENERATED = 300;
    private static final String ADD = "[!]add{\"a\":1}";

    /** One call as the family writes it, alone in its row. */
    abstract String call(String name, String json);

    /** Several calls in one row, each as name and JSON. */
    abstract String calls(String... namesAndJson);

    /** What begins a call. */
    abstract String opening();

    /** Cases of this family alone. */
    abstract List<Case> own();

    /** Text that shows which model it is. */
    abstract String template();

    @Override
    ModelSigns signs() {
        return signsOf(template());
    }

    static ModelSigns signsOf(String template) {
        return ModelSigns.of(new ChatTemplate(ChatTemplate.Language.JINJA, template));
    }

    private String add() {
        return call("add", "{\"a\": 1}");
    }

    @Override
    final List<Case> cases() {
        List<Case> all = new ArrayList<>(texts());
        all.addAll(arguments());
        all.addAll(notCalled());
        all.addAll(own());
        return all;
    }

    private List<Case> texts() {
        return List.of(
                row("nothing is nothing", "", ""),
                row("plain text is content", "Hello\n\n there ", "[C]Hello\n\n there "),
                row("one call", add(), ADD),
                row("a call without arguments", call("now", "{}"), "[!]now{}"),
                row("a call behind text", "Let me see.\n" + add(), "[C]Let me see." + ADD),
                row("text behind a call", add() + "\n\nDone.", ADD + "[C]Done."),
                row("two calls in a row", calls("add", "{\"a\": 1}", "now", "{}"), ADD + "[!]now{}"),
                row(
                        "three calls in a row",
                        calls("now", "{}", "add", "{\"a\": 1}", "now", "{}"),
                        "[!]now{}" + ADD + "[!]now{}"),
                row("calls with text between", add() + " and\n" + add(), ADD + "[C]and" + ADD),
                row("braces and brackets are text", "{a} [b] {\"c\": []}", "[C]{a} [b] {\"c\": []}"));
    }

    private List<Case> arguments() {
        String marks = String.join("", format().markers()).replace("\\", "\\\\").replace("\n", "\\n");
        return List.of(
                row(
                        "arguments of all kinds",
                        call(
                                "weather",
                                "{\"days\": -2, \"exact\": true, \"tags\": [\"a\", null, []], \"where\": {\"x\": {\"y\": 1.5e3}}}"),
                        "[!]weather{\"days\":-2,\"exact\":true,\"tags\":[\"a\",null,[]],\"where\":{\"x\":{\"y\":1500.0}}}"),
                row(
                        "letters of all kinds",
                        call("weather", "{\"city\": \"Zürich 😀 \\u00e9\"}"),
                        "[!]weather{\"city\":\"Zürich 😀 é\"}"),
                row(
                        "quotes and backslashes",
                        call("write_file", "{\"path\": \"C:\\\\a\\\\\", \"text\": \"say \\\"hi\\\"\"}"),
                        "[!]write_file{\"path\":\"C:\\\\a\\\\\",\"text\":\"say \\\"hi\\\"\"}"),
                row(
                        "line breaks inside a string",
                        call("write_file", "{\"text\": \"a\nb\tc\"}"),
                        "[!]write_file{\"text\":\"a\\nb\\tc\"}"),
                row(
                        "marks inside a string",
                        call("write_file", "{\"text\": \"" + marks + "}\"}"),
                        "[!]write_file{\"text\":\"" + marks + "}\"}"),
                row(
                        "a call inside a string",
                        call("write_file", "{\"text\": \"{\\\"name\\\": \\\"now\\\", \\\"arguments\\\": {}}\"}"),
                        "[!]write_file{\"text\":\"{\\\"name\\\": \\\"now\\\", \\\"arguments\\\": {}}\"}"),
                row("white space in it", call("add", "{\n  \"a\" : 1 ,\n  \"b\": 2\n}"), "[!]add{\"a\":1,\"b\":2}"),
                row(
                        "Python's words and a comma too much",
                        call("weather", "{\"exact\": True, \"tags\": [None, False,], }"),
                        "[!]weather{\"exact\":true,\"tags\":[null,false]}"),
                row("the object as a string", call("add", "\"{\\\"a\\\": 1}\""), ADD),
                row(
                        "a long number",
                        call("add", "{\"a\": 12345678901234567890}"),
                        "[!]add{\"a\":12345678901234567890}"));
    }

    private List<Case> notCalled() {
        String weather = call("weather", "{\"city\": \"Paris\"}");
        String cut = weather.substring(0, weather.indexOf("Paris") + 3);
        String half = opening().substring(0, (opening().length() + 1) / 2);
        return List.of(
                row("cut off in the arguments", cut, "[?]weather " + cut),
                row("cut off behind text", "So:\n" + cut, "[C]So:[?]weather \n" + cut),
                row(
                        "cut off in the name",
                        weather.substring(0, weather.indexOf("weather") + 4),
                        "[C]" + asText(weather.substring(0, weather.indexOf("weather") + 4))),
                row("the mark alone", opening(), "[C]" + opening()),
                row("half of the mark", "a " + half, "[C]a " + half),
                row("the mark and other text", opening() + " is a mark.", "[C]" + opening() + " is a mark."),
                row(
                        "a tool that is not on offer",
                        call("nobody", "{\"a\": 1}") + " ok",
                        "[C]" + asText(call("nobody", "{\"a\": 1}")) + " ok"),
                row(
                        "a call in a code block is an example",
                        "Like this:\n~\n```\n" + add() + "\n```\nok",
                        "[C]Like this:\n~\n```\n" + add() + "\n```\nok"),
                row("a call behind a code block", "```\nx\n```\n" + add(), "[C]```\nx\n```" + ADD),
                row(
                        "the mark between back-quotes",
                        "Write `" + opening() + "` so.",
                        "[C]Write `" + opening() + "` so."),
                row("a call behind back-quotes", "Use `add`: " + add(), "[C]Use `add`:" + ADD));
    }

    @Test
    void callsThatTheGrammarRequiresAreReadAsCalls() {
        var random = new Random(5);
        for (String prompt : prompts()) {
            var grammar = new SimpleGrammar();
            String rule = rule(grammar, prompt, REQUIRED);
            var gbnf = Gbnf.of(grammar.text(rule));
            for (int i = 0; i < GENERATED; i++) {
                String answer = gbnf.random(rule, random);
                var pieces = read(prompt, List.of(answer));
                assertThat(pieces)
                        .as(answer)
                        .noneMatch(piece ->
                                piece instanceof OutputPiece.CallBroken || piece instanceof OutputPiece.Content);
                assertThat(pieces).as(answer).anyMatch(piece -> piece instanceof OutputPiece.Call);
            }
        }
    }

    @Test
    void noCallOfAFreeAnswerIsBroken() {
        var random = new Random(6);
        for (String prompt : prompts()) {
            var grammar = new SimpleGrammar();
            String rule = rule(grammar, prompt, ToolChoice.AUTO);
            var gbnf = Gbnf.of(grammar.text(rule));
            for (int i = 0; i < GENERATED; i++) {
                String answer = gbnf.random(rule, random);
                assertThat(read(prompt, List.of(answer)))
                        .as(answer)
                        .noneMatch(OutputPiece.CallBroken.class::isInstance);
            }
        }
    }

    @Test
    void theGrammarTakesWhatTheFamilyWritesAndNothingElse() {
        var grammar = new SimpleGrammar();
        String any = rule(grammar, "", REQUIRED);
        String one = rule(grammar, "", new ToolChoice(ToolChoice.Mode.REQUIRED, List.of("add"), false, true));
        String free = rule(grammar, "", ToolChoice.AUTO);
        var gbnf = Gbnf.of(grammar.text(any));
        String add = calls("add", "{\"a\": 1, \"b\": 2}");
        String two = calls("add", "{\"a\": 1, \"b\": 2}", "add", "{\"a\": 3, \"b\": 4}");
        assertThat(gbnf.matches(any, add)).as(add).isTrue();
        assertThat(gbnf.matches(one, add)).as(add).isTrue();
        assertThat(gbnf.matches(free, add)).as(add).isTrue();
        assertThat(gbnf.matches(any, two)).as(two).isTrue();
        assertThat(gbnf.matches(one, two)).as(two).isFalse();
        assertThat(gbnf.matches(one, calls("now", "{}"))).isFalse();
        assertThat(gbnf.matches(any, calls("nobody", "{}"))).isFalse();
        assertThat(gbnf.matches(any, calls("add", "{\"a\": \"x\", \"b\": 2}"))).isFalse();
        assertThat(gbnf.matches(any, "xyz")).isFalse();
        assertThat(gbnf.matches(free, text("xyz"))).isTrue();
    }

    private String rule(SimpleGrammar grammar, String prompt, ToolChoice choice) {
        return format().calls(grammar, new AnswerStart(signs(), prompt, TOOLS), choice)
                .orElseThrow();
    }

    /** Text alone as the family writes it. */
    String text(String text) {
        return text;
    }

    /** What of a call shows when it is none: marks around rows of calls may be gone. */
    String asText(String call) {
        return call;
    }

    @Override
    List<String> bits() {
        List<String> bits = new ArrayList<>(format().markers());
        bits.addAll(List.of("{", "}", "[", "]", ",", ":", ";", "\"", "\\", "\n", " ", "`", "```", "```json\n", "True"));
        bits.addAll(List.of("add", "nobody", "{\"a\": 1}", "\"a\": ", "\"city\": \"", "null", "{\"name\": \"add\""));
        bits.add(opening());
        bits.add(opening().substring(0, (opening().length() + 1) / 2));
        bits.add(add());
        return bits;
    }
}
