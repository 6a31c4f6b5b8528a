package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ModelSigns;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MiniMaxFormatTest extends FormatContract {
    private static final String START = "<minimax:tool_call>\n";
    private static final String END = "</minimax:tool_call>";
    private static final String ADD = invoke("add", "a", "1", "b", "2");
    private static final String ADDED = "[!]add{\"a\":1,\"b\":2}";
    private static final String OPEN = "]~b]ai\n<think>\n";
    private static final String FILE = START + "<invoke name=\"write_file\">\n<parameter name=\"text\">";
    private static final String FILE_END = "</parameter>\n</invoke>\n" + END;

    private static String invoke(String name, String... arguments) {
        StringBuilder call = new StringBuilder("<invoke name=\"" + name + "\">\n");
        for (int i = 0; i < arguments.length; i += 2) {
            call.append("<parameter name=\"" + arguments[i] + "\">" + arguments[i + 1] + "</parameter>\n");
        }
        return call + "</invoke>\n";
    }

    private static String row(String calls) {
        return START + calls + END;
    }

    @Override
    ChatFormat format() {
        return new MiniMaxFormat();
    }

    @Override
    List<String> bits() {
        return List.of(
                "<minimax:tool_call>",
                END,
                "<invoke name=\"add\">",
                "<invoke name=\"weather\">",
                "<invoke name=\"",
                "</invoke>",
                "<parameter name=\"a\">",
                "<parameter name=\"city\">",
                "<parameter name=\"where\">",
                "<parameter name=\"",
                "\">",
                "</parameter>",
                "<think>",
                "</think>",
                "<minimax:",
                "\n",
                " ",
                "{\"x\": ",
                "}",
                "[",
                "`",
                "```\n",
                row(ADD));
    }

    @Override
    List<Case> cases() {
        List<Case> all = new ArrayList<>(calls());
        all.addAll(values());
        all.addAll(brokenCalls());
        all.addAll(texts());
        return all;
    }

    private List<Case> calls() {
        return List.of(
                row("one call", row(ADD), ADDED),
                row("a call behind a thought", OPEN, "Sum.\n</think>\n\n" + row(ADD), "[T]Sum." + ADDED),
                row("several calls in one block", row(ADD + invoke("now") + ADD), ADDED + "[!]now{}" + ADDED),
                row("two blocks", row(ADD) + "\n" + row(ADD), ADDED + ADDED),
                row("text around calls", "a " + row(ADD) + " b", "[C]a" + ADDED + "[C]b"),
                row("no line breaks", row(ADD).replace("\n", ""), ADDED),
                row("the block is not opened", ADD + END + "ok", ADDED + "[C]ok"),
                row("the block is not closed", START + ADD, ADDED),
                row("the call is not closed", row(ADD).replace("</invoke>\n", ""), ADDED),
                row("the first call of two is not closed", row(ADD.replace("</invoke>\n", "") + ADD), ADDED + ADDED),
                row("an argument is not closed", row(ADD).replace("1</parameter>", "1"), ADDED));
    }

    private List<Case> values() {
        return List.of(
                row(
                        "values by their types",
                        row(invoke("weather", "city", "null", "days", "3", "exact", "true", "tags", "[\"a\"]")),
                        "[!]weather{\"city\":\"null\",\"days\":3,\"exact\":true,\"tags\":[\"a\"]}"),
                row(
                        "an object over several lines",
                        row(invoke("weather", "where", "{\n  \"x\": \"a\nb\"\n}")),
                        "[!]weather{\"where\":{\"x\":\"a\\nb\"}}"),
                row("an object that is none", row(invoke("weather", "where", "{x")), "[!]weather{\"where\":\"{x\"}"),
                row(
                        "text as it is",
                        FILE + "\n <a href=\"x\">&amp;</a>\n" + FILE_END,
                        "[!]write_file{\"text\":\"\\n <a href=\\\"x\\\">&amp;</a>\\n\"}"),
                row(
                        "tags inside of text",
                        FILE + "<parameter name=\"x\">y</parameter> and </invoke> z" + FILE_END,
                        "[!]write_file{\"text\":\"<parameter name=\\\"x\\\">y</parameter> and </invoke> z\"}"),
                row(
                        "the end of the block inside of text",
                        FILE + "a " + END + " b" + FILE_END,
                        "[!]write_file{\"text\":\"a " + END + " b\"}"),
                row("arguments as JSON", row("<invoke name=\"add\">\n{\"a\": 1, \"b\": 2}\n</invoke>\n"), ADDED),
                row(
                        "a call as JSON",
                        START + "{\"name\": \"add\", \"arguments\": {\"a\": 1, \"b\": 2}}\n" + END,
                        ADDED));
    }

    private List<Case> brokenCalls() {
        return List.of(
                row("cut off in a value", FILE + "Once", "[?]write_file " + FILE + "Once"),
                row("cut off in a closing tag", FILE + "Once</p", "[?]write_file " + FILE + "Once</p"),
                row(
                        "cut off in the name of an argument",
                        START + "<invoke name=\"add\">\n<parameter name=\"a",
                        "[?]add " + START + "<invoke name=\"add\">\n<parameter name=\"a"),
                row(
                        "something else between arguments",
                        row("<invoke name=\"add\">\n<parameter name=\"a\">1</parameter>\n<parameter>2</invoke>"),
                        "[?]add " + START + "<invoke name=\"add\">\n<parameter name=\"a\">1</parameter>\n"
                                + "[C]<parameter>2</invoke>" + END),
                row(
                        "a key with something behind it",
                        row("<invoke name=\"add\">\n<parameter name=\"a\" b>1</parameter>"),
                        "[?]add " + START + "<invoke name=\"add\">\n<parameter name=\"[C]a\" b>1</parameter>" + END));
    }

    private List<Case> texts() {
        return List.of(
                row("plain text", "Hello there.", "[C]Hello there."),
                row("a thought, then text", OPEN, "Hm.\n</think>\n\nHello.", "[T]Hm.[C]Hello."),
                row(
                        "a call in the thought",
                        OPEN,
                        "Hm.\n" + row(ADD) + "Ok.</think>3",
                        "[T]Hm." + ADDED + "[T]Ok.[C]3"),
                row(
                        "a thought that names a call",
                        OPEN,
                        "as <invoke name=\"now\"> does</think>3",
                        "[T]as <invoke name=\"now\"> does[C]3"),
                row("a block without calls", START + END, "[C]" + START + END),
                row(
                        "a tool that is not on offer",
                        row(invoke("nobody", "a", "1")),
                        "[C]" + row(invoke("nobody", "a", "1"))),
                row(
                        "a second tool that is not on offer",
                        row(ADD + invoke("nobody")) + "x",
                        ADDED + "[C]" + invoke("nobody") + END + "x"),
                row(
                        "cut off in the name of the call",
                        START + "<invoke name=\"ad",
                        "[C]" + START + "<invoke name=\"ad"),
                row("a tag that begins", "x <minimax:t", "[C]x <minimax:t"),
                row("a call in a code block", "```\n" + row(ADD) + "\n```", "[C]```\n" + row(ADD) + "\n```"));
    }

    @Test
    void itAcceptsTemplatesThatShowItsTag() {
        assertThat(format().accepts(ModelSigns.of(new ChatTemplate(ChatTemplate.Language.JINJA, START))))
                .isTrue();
        assertThat(format().accepts(signs())).isFalse();
    }
}
