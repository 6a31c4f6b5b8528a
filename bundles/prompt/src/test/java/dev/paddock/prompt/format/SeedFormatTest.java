package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.model.Capability;
import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.Think;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeedFormatTest extends FormatContract {
    private static final String ADD = call("add", "a", "1", "b", "2");
    private static final String ADDED = "[!]add{\"a\":1,\"b\":2}";
    private static final String FILE = "<seed:tool_call>\n<function=write_file>\n<parameter=text>";
    private static final String END = "</parameter>\n</function>\n</seed:tool_call>";
    private static final String THOUGHT = "<seed:think>One and two.</seed:think>\n";

    private static String call(String name, String... arguments) {
        StringBuilder call = new StringBuilder("<seed:tool_call>\n<function=" + name + ">\n");
        for (int i = 0; i < arguments.length; i += 2) {
            call.append("<parameter=" + arguments[i] + ">" + arguments[i + 1] + "</parameter>\n");
        }
        return call + "</function>\n</seed:tool_call>";
    }

    @Override
    ChatFormat format() {
        return new SeedFormat();
    }

    @Override
    ModelSigns signs() {
        String text = "<seed:tool_call>\n<function={{ name }}> {% if thinking_budget %}<seed:think>{% endif %}";
        return ModelSigns.of(new ChatTemplate(ChatTemplate.Language.JINJA, text));
    }

    @Override
    List<String> prompts() {
        return List.of("<seed:bos>assistant\n", "<seed:think>\n", "</seed:think>");
    }

    @Override
    List<String> bits() {
        return List.of(
                "<seed:tool_call>",
                "</seed:tool_call>",
                "<function=add>",
                "<function=weather>",
                "</function>",
                "<parameter=a>",
                "<parameter=city>",
                "<parameter=tags>",
                "</parameter>",
                "<seed:think>",
                "</seed:think>",
                "<seed:",
                "\n",
                " ",
                "['a', ",
                "]",
                "{",
                "\"x\": 1",
                "}",
                "`",
                "```\n",
                ADD);
    }

    @Override
    List<Case> cases() {
        List<Case> all = new ArrayList<>(calls());
        all.addAll(values());
        all.addAll(texts());
        return all;
    }

    private List<Case> calls() {
        return List.of(
                row("one call", ADD, ADDED),
                row("a call behind a thought", THOUGHT + ADD, "[T]One and two." + ADDED),
                row("two calls, text before", "I add.\n\n" + ADD + "\n" + ADD, "[C]I add." + ADDED + ADDED),
                row("text behind a call survives", ADD + " Done.", ADDED + "[C]Done."),
                row("no arguments", call("now"), "[!]now{}"),
                row("what begins the row is missing", ADD.substring(17), ADDED),
                row("what ends the row is missing", ADD.replace("</seed:tool_call>", ""), ADDED),
                row("the call is not closed", ADD.replace("</function>\n", ""), ADDED),
                row("nothing is closed", ADD.replace("</function>\n</seed:tool_call>", ""), ADDED),
                row("a closing tag of an argument is missing", ADD.replace("1</parameter>", "1"), ADDED),
                row("the last closing tag of an argument is missing", ADD.replace("2</parameter>", "2"), ADDED));
    }

    private List<Case> values() {
        return List.of(
                row(
                        "values as Python writes them",
                        call("weather", "exact", "False", "tags", "['it\\'s', None]", "where", "{'x': (1, 2.5)}"),
                        "[!]weather{\"exact\":false,\"tags\":[\"it's\",null],\"where\":{\"x\":[1,2.5]}}"),
                row(
                        "values as JSON writes them",
                        call("weather", "exact", "false", "tags", "[\"a\"]", "where", "{\"x\": true}"),
                        "[!]weather{\"exact\":false,\"tags\":[\"a\"],\"where\":{\"x\":true}}"),
                row("a list that is none", call("weather", "tags", "a, b"), "[!]weather{\"tags\":\"a, b\"}"),
                row(
                        "line breaks at the ends of text belong to it",
                        FILE + "\nline\n" + END,
                        "[!]write_file{\"text\":\"\\nline\\n\"}"),
                row("line breaks around numbers do not", call("add", "a", "\n5\n"), "[!]add{\"a\":5}"),
                row("an empty text", FILE + END, "[!]write_file{\"text\":\"\"}"),
                row(
                        "the closing tag inside of text",
                        FILE + "a</parameter> b</parameter>\nc" + END,
                        "[!]write_file{\"text\":\"a</parameter> b</parameter>\\nc\"}"),
                row(
                        "an opening tag in the middle of a line of text",
                        FILE + "use <parameter=path> here" + END,
                        "[!]write_file{\"text\":\"use <parameter=path> here\"}"),
                row("cut off in a value", FILE + "Once upon", "[?]write_file " + FILE + "Once upon"),
                row("cut off in a closing tag", FILE + "Once</para", "[?]write_file " + FILE + "Once</para"),
                row(
                        "cut off before the first argument",
                        "<seed:tool_call>\n<function=add>",
                        "[?]add <seed:tool_call>\n<function=add>"));
    }

    private List<Case> texts() {
        return List.of(
                row("plain text", "Hello there.", "[C]Hello there."),
                row("a thought, then text", THOUGHT + "It is 3.", "[T]One and two.[C]It is 3."),
                row("the prompt opened the thought", "<seed:think>\n", "Hm.</seed:think>3", "[T]Hm.[C]3"),
                row("the prompt closed it", "<seed:think>\n</seed:think>", "\n3", "[C]3"),
                row("a thought that never ends", "<seed:think>Hm", "[T]Hm"),
                row(
                        "the model says what it has used",
                        "<seed:think>Hm. <seed:cot_budget_reflect>12 of 512</seed:cot_budget_reflect> Ok.</seed:think>3",
                        "[T]Hm. <seed:cot_budget_reflect>12 of 512</seed:cot_budget_reflect> Ok.[C]3"),
                row("a call in the thought", "<seed:think>", "Hm.\n" + ADD, "[T]Hm." + ADDED),
                row("tags of others are text", "<think>x</think> <tool_call>", "[C]<think>x</think> <tool_call>"),
                row(
                        "a tool that is not on offer",
                        call("nobody"),
                        "[C]<seed:tool_call>\n<function=nobody>\n</function>\n</seed:tool_call>"),
                row("a tag that begins", "x <seed:tool", "[C]x <seed:tool"),
                row("a call in a code block", "```\n" + ADD + "\n```", "[C]```\n" + ADD + "\n```"));
    }

    @Test
    void itAcceptsTemplatesThatShowItsTag() {
        assertThat(format().accepts(signs())).isTrue();
        assertThat(format().capabilities(signs())).containsExactlyInAnyOrder(Capability.TOOLS, Capability.THINKING);
        assertThat(format().accepts(ModelSigns.of(new ChatTemplate(ChatTemplate.Language.JINJA, "<tool_call>"))))
                .isFalse();
    }

    @Test
    void howHardItThinksIsANumberOfTokens() {
        assertThat(budget(Think.OFF)).isEqualTo(0L);
        assertThat(budget(Think.LOW)).isEqualTo(512L);
        assertThat(budget(Think.MEDIUM)).isEqualTo(4096L);
        assertThat(budget(Think.ON)).isNull();
        assertThat(budget(Think.UNSET)).isNull();
        var own = new PromptInput(List.of(), List.of(), Think.OFF, "", "", "", Map.of("thinking_budget", 7L));
        assertThat(format().prepare(signs(), own).variables()).containsEntry("thinking_budget", 7L);
    }

    private Object budget(Think think) {
        var input = new PromptInput(List.of(), List.of(), think, "", "");
        return format().prepare(signs(), input).variables().get("thinking_budget");
    }

    @Test
    void textStreamsUpToWhatMayBeATag() {
        var parser = format().parser(new AnswerStart(signs(), "", TOOLS));
        parser.accept(FILE);
        assertThat(parser.accept("a\n")).containsExactly(new OutputPiece.CallArguments(0, "\"a"));
        assertThat(parser.accept("</")).isEmpty();
        assertThat(parser.accept("b")).containsExactly(new OutputPiece.CallArguments(0, "\\n</b"));
    }
}
