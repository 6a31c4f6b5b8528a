package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.Tool;
import dev.paddock.api.prompt.ToolChoice;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LlamaFormatTest extends CallsContract {
    private static final String TAG = "<|python_tag|>";
    private static final String NOW = "{\"name\": \"now\", \"parameters\": {}}";

    @Override
    ChatFormat format() {
        return new LlamaFormat();
    }

    @Override
    String template() {
        return "<|start_header_id|> ipython \"parameters\"";
    }

    @Override
    String opening() {
        return TAG;
    }

    @Override
    String call(String name, String json) {
        return TAG + object(name, json);
    }

    private static String object(String name, String json) {
        return "{\"name\": \"" + name + "\", \"parameters\": " + json + "}";
    }

    @Override
    String calls(String... each) {
        StringBuilder all = new StringBuilder(object(each[0], each[1]));
        for (int i = 2; i < each.length; i += 2) all.append("; ").append(object(each[i], each[i + 1]));
        return all.toString();
    }

    @Override
    List<Case> own() {
        return List.of(
                row("a call alone", "\n\n" + object("add", "{\"a\": 1}"), "[!]add{\"a\":1}"),
                row("text behind a call alone", NOW + "\n\nDone; good.", "[!]now{}[C]Done; good."),
                row("a semicolon behind it", NOW + "; and more", "[!]now{}[C]; and more"),
                row("calls on lines", NOW + "\n" + NOW, "[!]now{}[!]now{}"),
                row("an array of calls", "[" + NOW + ", " + NOW + "]", "[!]now{}[!]now{}"),
                row(
                        "its type before the name",
                        "{\"type\": \"function\", \"name\": \"now\", \"parameters\": {}}",
                        "[!]now{}"),
                row(
                        "its name as function",
                        "{\"type\": \"function\", \"function\": \"now\", \"parameters\": null}",
                        "[!]now{}"),
                row("arguments as the key", "{\"name\": \"add\", \"arguments\": {\"a\": 1}}", "[!]add{\"a\":1}"),
                row(
                        "JSON that is an answer",
                        "{\"answer\": 4, \"name\": \"now\"}",
                        "[C]{\"answer\": 4, \"name\": \"now\"}"),
                row("an unknown name alone", " {\"name\": \"nobody\"}", "[C] {\"name\": \"nobody\"}"),
                row("JSON behind text is text", "Like " + NOW, "[C]Like " + NOW),
                row("JSON in a fence is text", "```json\n" + NOW + "\n```", "[C]```json\n" + NOW + "\n```"),
                row("a tag of Meta's guide", "<function=add>{\"a\": 1}</function>", "[!]add{\"a\":1}"),
                row("code without a tool that runs it", TAG + "print(1)", "[C]" + TAG + "print(1)"),
                row(
                        "a call of a built-in tool",
                        TAG + "weather.call(city=\"Paris\")",
                        "[!]weather{\"city\":\"Paris\"}"),
                row(
                        "a built-in tool that is not on offer",
                        TAG + "search.call(query=\"x\")",
                        "[C]" + TAG + "search.call(query=\"x\")"),
                row("a list of Llama 4", "[add(a=1), now()]", "[!]add{\"a\":1}[!]now{}"),
                row("a list between tags", "<|python_start|>[add(a=1)]<|python_end|> ok", "[!]add{\"a\":1}[C]ok"),
                row("JSON between tags", "<|python_start|>" + NOW + "<|python_end|>", "[!]now{}"),
                row("a list that is an answer", "[\"now\", 2]", "[C][\"now\", 2]"),
                row("half a call alone", "{\"name\": \"now\", \"para", "[C]{\"name\": \"now\", \"para"));
    }

    @Test
    void codeBehindTheTagIsACallOfTheToolThatRunsIt() {
        var runner = new Tool("code_interpreter", Map.of("function", Map.of("name", "code_interpreter")));
        var parser = format().parser(new AnswerStart(signs(), "", List.of(runner)));
        assertThat(Answers.shown(Answers.feed(parser, List.of(TAG + "print(", "1)\n"))))
                .isEqualTo("[!]code_interpreter{\"code\":\"print(1)\\n\"}");
    }

    @Test
    void someTemplatesOfLlama4TeachListsOfCalls() {
        var grammar = new SimpleGrammar();
        var start = new AnswerStart(signsOf("<|header_start|> ipython"), "", List.of(TOOLS.getLast()));
        var once = new ToolChoice(ToolChoice.Mode.REQUIRED, List.of(), false, true);
        String rule = format().calls(grammar, start, once).orElseThrow();
        assertThat(Gbnf.of(grammar.text(rule)).matches(rule, "[now()]")).isTrue();
    }

    @Test
    void anAnswerInJsonIsNotHeldBackForLong() {
        var parser = format().parser(new AnswerStart(signs(), "", TOOLS));
        assertThat(parser.accept("{\"answer\": 4")).isEqualTo(List.of(new OutputPiece.Content("{\"answer\": 4")));
    }

    @Test
    void templatesOfFamiliesThatBuildOnItAreTheirs() {
        assertThat(format().accepts(signs())).isTrue();
        assertThat(format().accepts(signsOf("<|start_header_id|>"))).isFalse();
        assertThat(format().accepts(signsOf("<|start_header_id|> ipython functools[")))
                .isFalse();
    }
}
