package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.model.Capability;
import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.OutputPiece;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QwenCoderFormatTest extends FormatContract {
    private static final String ADD = call("add", "a", "1", "b", "2");
    private static final String ADDED = "[!]add{\"a\":1,\"b\":2}";
    private static final String OPEN = "<|im_start|>assistant\n<think>\n";
    private static final String FILE = "<tool_call>\n<function=write_file>\n<parameter=text>\n";
    private static final String END = "\n</parameter>\n</function>\n</tool_call>";

    private static String call(String name, String... arguments) {
        StringBuilder call = new StringBuilder("<tool_call>\n<function=" + name + ">\n");
        for (int i = 0; i < arguments.length; i += 2) {
            call.append("<parameter=" + arguments[i] + ">\n" + arguments[i + 1] + "\n</parameter>\n");
        }
        return call + "</function>\n</tool_call>";
    }

    @Override
    ChatFormat format() {
        return new QwenCoderFormat();
    }

    @Override
    ModelSigns signs() {
        String text = "<tool_call>\n<function={{ name }}> {% if enable_thinking %}<think></think>{% endif %}";
        return ModelSigns.of(new ChatTemplate(ChatTemplate.Language.JINJA, text));
    }

    @Override
    List<String> bits() {
        return List.of(
                "<tool_call>",
                "</tool_call>",
                "<function=add>",
                "<function=write_file>",
                "<function=nobody>",
                "<function=",
                "</function>",
                "<parameter=a>",
                "<parameter=text>",
                "<parameter=other>",
                "<parameter=",
                "</parameter>",
                "<think>",
                "</think>",
                "</par",
                "\n",
                "\n\n",
                " ",
                "{",
                "\"a\": ",
                "}",
                "[1, '",
                "`",
                "```\n",
                "null",
                ADD);
    }

    @Override
    List<Case> cases() {
        List<Case> all = new ArrayList<>(calls());
        all.addAll(callsWithoutTags());
        all.addAll(values());
        all.addAll(textsLikeTags());
        all.addAll(brokenCalls());
        all.addAll(textAround());
        return all;
    }

    private List<Case> calls() {
        return List.of(
                row("one call", ADD, ADDED),
                row("two calls, text before", "Let me see.\n\n" + ADD + "\n" + ADD, "[C]Let me see." + ADDED + ADDED),
                row("text behind a call survives", ADD + "\nDone.", ADDED + "[C]Done."),
                row("no arguments", call("now"), "[!]now{}"),
                row("no line breaks anywhere", ADD.replace("\n", ""), ADDED),
                row("line breaks of Windows between tags", ADD.replace(">\n<", ">\r\n<"), ADDED),
                row("what begins the row is missing", "I add.\n\n" + ADD.substring(12), "[C]I add." + ADDED),
                row("the whole row is missing", ADD.substring(12).replace("</tool_call>", ""), ADDED));
    }

    private List<Case> callsWithoutTags() {
        return List.of(
                row("a closing tag of the call is missing", ADD.replace("</function>\n", ""), ADDED),
                row("both closing tags are missing", ADD.replace("</function>\n</tool_call>", ""), ADDED),
                row(
                        "a closing tag of an argument is missing before the next",
                        ADD.replace("1\n</parameter>\n", "1\n"),
                        ADDED),
                row(
                        "a closing tag of an argument is missing before the end",
                        ADD.replace("2\n</parameter>\n", "2\n"),
                        ADDED),
                row(
                        "two calls in one row",
                        "<tool_call>\n<function=now>\n</function>\n<function=now>\n</function>\n</tool_call>",
                        "[!]now{}[!]now{}"),
                row(
                        "the row of the first call is not closed",
                        call("now").replace("</tool_call>", "") + ADD,
                        "[!]now{}" + ADDED),
                row(
                        "a closing tag comes twice",
                        ADD.replace("1\n</parameter>", "1\n</parameter>\n</parameter>"),
                        ADDED),
                row("a name in quotes", ADD.replace("=add>", "=\"add\">"), ADDED),
                row(
                        "arguments as JSON",
                        "<tool_call>\n<function=add>\n{\"a\": 1, \"b\": 2}\n</function>\n</tool_call>ok",
                        ADDED + "[C]ok"),
                row(
                        "a call as Hermes writes it",
                        "<tool_call>\n{\"name\": \"add\", \"arguments\": {\"a\": 1, \"b\": 2}}\n</tool_call>",
                        ADDED));
    }

    private List<Case> values() {
        return List.of(
                row(
                        "each value by its type",
                        call(
                                "weather",
                                "city",
                                "5",
                                "days",
                                "5",
                                "exact",
                                "True",
                                "tags",
                                "['a', \"b\"]",
                                "where",
                                "{\"x\": null}"),
                        "[!]weather{\"city\":\"5\",\"days\":5,\"exact\":true,\"tags\":[\"a\",\"b\"],\"where\":{\"x\":null}}"),
                row("a number that is none", call("add", "a", "many"), "[!]add{\"a\":\"many\"}"),
                row("a number that is null", call("add", "a", "None"), "[!]add{\"a\":null}"),
                row(
                        "lines of text",
                        call("write_file", "text", "\n  a \"b\"\n\n\tc\\n\n"),
                        "[!]write_file{\"text\":\"\\n  a \\\"b\\\"\\n\\n\\tc\\\\n\\n\"}"),
                row("an empty text", call("write_file", "text", ""), "[!]write_file{\"text\":\"\"}"),
                row("an empty text without a line", FILE.strip() + END.strip(), "[!]write_file{\"text\":\"\"}"),
                row(
                        "letters of all kinds",
                        call("weather", "city", "Zürich 😀 é"),
                        "[!]weather{\"city\":\"Zürich 😀 é\"}"),
                row(
                        "an argument that nobody described",
                        call("write_file", "mode", "12", "flags", "[1]"),
                        "[!]write_file{\"mode\":\"12\",\"flags\":[1]}"));
    }

    private List<Case> textsLikeTags() {
        return List.of(
                row(
                        "tags inside of text",
                        FILE + "<b>x</parameter> y</function> <parameter=path> </tool_call> z" + END,
                        "[!]write_file{\"text\":\"<b>x</parameter> y</function> <parameter=path> </tool_call> z\"}"),
                row(
                        "the closing tag inside of text at the end of a line",
                        FILE + "x</parameter>\nand more" + END,
                        "[!]write_file{\"text\":\"x</parameter>\\nand more\"}"),
                row(
                        "an opening tag inside of text on a line of its own",
                        FILE + "x\n<parameter=other>\ny" + END,
                        "[!]write_file{\"text\":\"x\\n<parameter=other>\\ny\"}"),
                row(
                        "two tags in a row inside of text end it",
                        FILE + "x\n</parameter>\n</function>\ny" + END,
                        "[!]write_file{\"text\":\"x\"}[C]y\n</parameter>\n</function>\n</tool_call>"));
    }

    private List<Case> brokenCalls() {
        return List.of(
                row("cut off in a value", FILE + "Once upon", "[?]write_file " + FILE + "Once upon"),
                row(
                        "cut off in a closing tag",
                        FILE + "Once upon\n</param",
                        "[?]write_file " + FILE + "Once upon\n</param"),
                row(
                        "cut off behind text that looks like a tag",
                        FILE + "a </function> b",
                        "[?]write_file " + FILE + "a </function> b"),
                row(
                        "cut off before the first argument",
                        "<tool_call>\n<function=add>\n",
                        "[?]add <tool_call>\n<function=add>\n"),
                row(
                        "cut off in the name of an argument",
                        "<tool_call>\n<function=add>\n<parameter=a",
                        "[?]add <tool_call>\n<function=add>\n<parameter=a"),
                row(
                        "cut off in the name of the call",
                        "ok <tool_call>\n<function=ad",
                        "[C]ok <tool_call>\n<function=ad"),
                row(
                        "something else between arguments",
                        "<tool_call>\n<function=add>\n<parameter=a>\n1\n</parameter>\n<function>x",
                        "[?]add <tool_call>\n<function=add>\n<parameter=a>\n1\n</parameter>\n[C]<function>x"),
                row(
                        "arguments as JSON that are none",
                        "<tool_call>\n<function=add>\n{\"a\": }\n</function>\n</tool_call>",
                        "[?]add <tool_call>\n<function=add>\n{\"a\": }[C]</function>\n</tool_call>"));
    }

    private List<Case> textAround() {
        return List.of(
                row("plain text", "Hello <b>there</b>", "[C]Hello <b>there</b>"),
                row("a thought, then a call", OPEN, "I add.\n</think>\n\n" + ADD, "[T]I add." + ADDED),
                row("an empty thought", OPEN, "\n</think>\n\nHello.", "[C]Hello."),
                row("the end of the thought is missing", OPEN, "I add.\n" + ADD, "[T]I add." + ADDED),
                row("a call in the thought", OPEN, ADD + "\nNow.</think>ok", ADDED + "[T]Now.[C]ok"),
                row(
                        "a thought that names the tags",
                        OPEN,
                        "Use <tool_call> with <function=add> or <function=now>.\n</think>ok",
                        "[T]Use <tool_call> with <function=add> or <function=now>.[C]ok"),
                row(
                        "a tool that is not on offer",
                        call("nobody", "a", "1"),
                        "[C]<tool_call>\n<function=nobody>\n<parameter=a>\n1\n</parameter>\n</function>\n</tool_call>"),
                row("the tag alone", "<tool_call>", "[C]<tool_call>"),
                row("a tag that begins", "x <functio", "[C]x <functio"),
                row("a call in a code block", "```\n" + ADD + "\n```\nok", "[C]```\n" + ADD + "\n```\nok"),
                row("a tag between back-quotes", "Write `<function=add>`.", "[C]Write `<function=add>`."));
    }

    @Test
    void itAcceptsTemplatesThatShowBothTags() {
        assertThat(format().accepts(signs())).isTrue();
        assertThat(format().accepts(jinja("<function=f>{}</function>"))).isFalse();
        assertThat(format().accepts(jinja("<tool_call>{{ call | tojson }}"))).isFalse();
    }

    @Test
    void onlySomeTemplatesAskForThoughts() {
        assertThat(format().capabilities(signs())).containsExactlyInAnyOrder(Capability.TOOLS, Capability.THINKING);
        assertThat(format().capabilities(jinja("<tool_call>\n<function=f>"))).containsExactly(Capability.TOOLS);
    }

    private static ModelSigns jinja(String text) {
        return ModelSigns.of(new ChatTemplate(ChatTemplate.Language.JINJA, text));
    }

    @Test
    void textStreamsAsPartsOfAJsonString() {
        var parser = format().parser(new AnswerStart(signs(), "", TOOLS));
        assertThat(parser.accept("<tool_call>\n<function=write_file>\n")).isEmpty();
        var begun = parser.accept("<parameter=text>\nOnce");
        assertThat(((OutputPiece.CallBegun) begun.getFirst()).name()).isEqualTo("write_file");
        assertThat(begun.getLast()).isEqualTo(new OutputPiece.CallArguments(0, "{\"text\": \"Once"));
        assertThat(parser.accept(" \"upon\"\n")).containsExactly(new OutputPiece.CallArguments(0, " \\\"upon\\\""));
        assertThat(parser.accept("a</p>")).containsExactly(new OutputPiece.CallArguments(0, "\\na</p>"));
        assertThat(parser.accept("\n</parameter>")).isEmpty();
        assertThat(parser.accept("\n</fu")).isEmpty();
        assertThat(parser.accept("nction>")).hasSize(2).first().isEqualTo(new OutputPiece.CallArguments(0, "\"}"));
    }

    @Test
    void otherValuesComeWhenTheyAreComplete() {
        var parser = format().parser(new AnswerStart(signs(), "", TOOLS));
        parser.accept("<tool_call>\n<function=add>\n<parameter=a>");
        assertThat(parser.accept("\n1")).isEmpty();
        assertThat(parser.accept("2\n</parameter>\n<parameter=b>"))
                .containsExactly(new OutputPiece.CallArguments(0, "12, \"b\": "));
    }
}
