package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.OutputPiece;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class Lfm2FormatTest extends FormatContract {
    private static final String START = "<|tool_call_start|>";
    private static final String END = "<|tool_call_end|>";
    private static final String ADD = row("add(a=1, b=2)");
    private static final String ADDED = "[!]add{\"a\":1,\"b\":2}";

    private static String row(String calls) {
        return START + "[" + calls + "]" + END;
    }

    private static Case file(String title, String text, String expected) {
        return row(title, row("write_file(text='" + text + "')"), "[!]write_file{\"text\":\"" + expected + "\"}");
    }

    @Override
    ChatFormat format() {
        return new Lfm2Format();
    }

    @Override
    List<String> prompts() {
        return List.of("<|im_start|>assistant\n", "<think>");
    }

    @Override
    List<String> bits() {
        return List.of(
                START,
                END,
                "[",
                "]",
                "add(",
                "weather(",
                "nobody(",
                ")",
                "a=",
                "city=",
                "'",
                "\"",
                "'''",
                "\\",
                ", ",
                "{'x': ",
                "}",
                "1",
                "True",
                "<think>",
                "</think>",
                "<|tool_",
                "\n",
                " ",
                "{\"name\": \"add\"",
                "`",
                "```\n",
                ADD);
    }

    @Override
    List<Case> cases() {
        List<Case> all = new ArrayList<>(calls());
        all.addAll(values());
        all.addAll(strings());
        all.addAll(brokenCalls());
        all.addAll(texts());
        return all;
    }

    private List<Case> calls() {
        return List.of(
                row("one call", ADD, ADDED),
                row("two calls in one list", row("add(a=1, b=2), now()"), ADDED + "[!]now{}"),
                row("two lists, text around", "a " + ADD + "\n" + ADD + " b", "[C]a" + ADDED + ADDED + "[C]b"),
                row("a call behind a thought", "<think>Sum.</think>" + ADD, "[T]Sum." + ADDED),
                row("white space everywhere", row(" add ( a = 1 ,\n b = 2 ) ").replace("[", " [ "), ADDED),
                row("no list", START + "add(a=1, b=2)" + END, ADDED),
                row("lines in place of a list", START + "add(a=1, b=2)\nnow()" + END, ADDED + "[!]now{}"),
                row("a block of code", START + "\n```python\nadd(a=1, b=2)\n```\n" + END + "ok", ADDED + "[C]ok"),
                row("the end is missing", ADD.replace(END, ""), ADDED),
                row("the end of the list is missing", ADD.replace("]", ""), ADDED),
                row("a comma behind the last argument", row("add(a=1, b=2,)"), ADDED),
                row("a call as JSON", START + "{\"name\": \"add\", \"arguments\": {\"a\": 1, \"b\": 2}}" + END, ADDED),
                row(
                        "a list of calls as JSON",
                        row("{\"name\": \"add\", \"arguments\": {\"a\": 1, \"b\": 2}}, {\"name\": \"now\"}"),
                        ADDED + "[!]now{}"));
    }

    private List<Case> values() {
        return List.of(
                row(
                        "values of all types",
                        row(
                                "weather(city='Zürich 😀', days=-3, exact=True, tags=['a', \"b\"], where={'x': [1.5, None]})"),
                        "[!]weather{\"city\":\"Zürich 😀\",\"days\":-3,\"exact\":true,\"tags\":[\"a\",\"b\"],"
                                + "\"where\":{\"x\":[1.5,null]}}"),
                row(
                        "words of JSON",
                        row("weather(exact=false, where={\"x\": null, \"y\": true})"),
                        "[!]weather{\"exact\":false,\"where\":{\"x\":null,\"y\":true}}"),
                row("a tuple", row("weather(tags=('a', 'b'))"), "[!]weather{\"tags\":[\"a\",\"b\"]}"),
                row(
                        "brackets in nested text",
                        row("weather(tags=[')]', 'a,b'])"),
                        "[!]weather{\"tags\":[\")]\",\"a,b\"]}"),
                row("text without quotes", row("weather(city=Rome)"), "[!]weather{\"city\":\"Rome\"}"),
                row("a name that is a word of Python", row("now(from=1)"), "[!]now{\"from\":1}"));
    }

    private List<Case> strings() {
        return List.of(
                file("escapes", "a\\n\\t\\'b\\' \\x41\\u00e9\\101 \\\\ \\d", "a\\n\\t'b' AéA \\\\ \\\\d"),
                file("line breaks as they are", "a\nb\n", "a\\nb\\n"),
                file("brackets and the other quote", "grep -F \"]\" (x)", "grep -F \\\"]\\\" (x)"),
                file("a quote that is not escaped", "it's, isn't it", "it's, isn't it"),
                file(
                        "code with quotes",
                        "plot(x, 'red', label='a')\nprint('b')",
                        "plot(x, 'red', label='a')\\nprint('b')"),
                file("a backslash at the end", "C:\\", "C:\\\\"),
                file("an escaped quote at the end", "say \\'hi\\'", "say 'hi'"),
                file("two quotes in a row", "x = ''", "x = ''"),
                file("the mark inside of text", "[f(" + START + "]", "[f(" + START + "]"),
                row("an empty text", row("write_file(text='')"), "[!]write_file{\"text\":\"\"}"),
                row(
                        "three quotes",
                        row("write_file(text=\"\"\"a \"b\" 'c'\n\"\"\")"),
                        "[!]write_file{\"text\":\"a \\\"b\\\" 'c'\\n\"}"),
                row(
                        "backslashes that mean nothing",
                        row("write_file(text=r'\\d+\\n')"),
                        "[!]write_file{\"text\":\"\\\\d+\\\\n\"}"),
                row(
                        "an argument that nobody described behind text",
                        row("write_file(text='a', mode='b')"),
                        "[!]write_file{\"text\":\"a\",\"mode\":\"b\"}"),
                row(
                        "a tool that is not on offer behind text",
                        row("write_file(text='a'), nobody(x='b')"),
                        "[!]write_file{\"text\":\"a\"}[C]nobody(x='b')]" + END),
                row(
                        "an argument behind text with quotes",
                        row("write_file(text='a('b')', path='c')"),
                        "[!]write_file{\"text\":\"a('b')\",\"path\":\"c\"}"));
    }

    private List<Case> brokenCalls() {
        return List.of(
                row(
                        "cut off in text",
                        START + "[write_file(text='Once upon",
                        "[?]write_file " + START + "[write_file(text='Once upon"),
                row("cut off behind a value", START + "[add(a=1, ", "[?]add " + START + "[add(a=1, "),
                row("cut off in a number", START + "[add(a=1", "[?]add " + START + "[add(a=1"),
                row("cut off in a name", "x " + START + "[ad", "[C]x " + START + "[ad"),
                row(
                        "a value that is none",
                        row("add(a=1+x, b=2)") + "ok",
                        "[?]add " + START + "[add(a=1+x[C], b=2)]" + END + "ok"),
                row("too many arguments", row("now(1)"), "[?]now " + START + "[now([C]1)]" + END));
    }

    private List<Case> texts() {
        return List.of(
                row("plain text", "Hello [there](x).", "[C]Hello [there](x)."),
                row("a thought, then text", "<think>Hm.</think>Hello.", "[T]Hm.[C]Hello."),
                row("a call in the thought", "<think>", "Hm. " + ADD, "[T]Hm." + ADDED),
                row("a tool that is not on offer", row("nobody(a=1)"), "[C]" + row("nobody(a=1)")),
                row("a second tool that is not on offer", row("now(), nobody(a=1)"), "[!]now{}[C]nobody(a=1)]" + END),
                row("no calls", row(""), "[C]" + row("")),
                row("a tag that begins", "x <|tool_c", "[C]x <|tool_c"),
                row("a call in a code block", "```\n" + ADD + "\n```", "[C]```\n" + ADD + "\n```"));
    }

    @Test
    void itAcceptsWhatListsToolsOrCallsThemItsWay() {
        assertThat(format().accepts(jinja("{{ '<|tool_call_start|>[' }}", ""))).isTrue();
        assertThat(format().accepts(jinja("List of tools: <|tool_list_start|>[", "")))
                .isTrue();
        assertThat(format().accepts(jinja("List of tools: [", "lfm2moe"))).isTrue();
        assertThat(format().accepts(jinja("List of tools: [", "llama"))).isFalse();
        assertThat(format().accepts(jinja("<|thought_start|><|tool_call_start|>", "")))
                .isFalse();
    }

    private static ModelSigns jinja(String text, String architecture) {
        return new ModelSigns(new ChatTemplate(ChatTemplate.Language.JINJA, text), architecture, Set.of());
    }

    @Test
    void textStreamsUpToWhatMayEndIt() {
        var parser = format().parser(new AnswerStart(signs(), "", TOOLS));
        var begun = parser.accept(START + "[write_file(text='Once");
        assertThat(begun.getLast()).isEqualTo(new OutputPiece.CallArguments(0, "{\"text\": \"Once"));
        assertThat(parser.accept("\n\"up")).containsExactly(new OutputPiece.CallArguments(0, "\\n\\\"up"));
        assertThat(parser.accept("'")).isEmpty();
        assertThat(parser.accept(", 'on")).containsExactly(new OutputPiece.CallArguments(0, "', 'on"));
        assertThat(parser.accept("', pa")).isEmpty();
        assertThat(parser.accept("th=")).containsExactly(new OutputPiece.CallArguments(0, "\", \"path\": "));
    }
}
