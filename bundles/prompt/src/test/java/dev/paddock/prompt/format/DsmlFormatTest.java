package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ModelSigns;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DsmlFormatTest extends FormatContract {
    private static final String START = "<｜DSML｜function_calls>\n";
    private static final String END = "</｜DSML｜function_calls>";
    private static final String ADD = invoke("add", json("a", "1") + json("b", "2"));
    private static final String ADDED = "[!]add{\"a\":1,\"b\":2}";
    private static final String OPEN = "<｜Assistant｜><think>";
    private static final String FILE =
            START + "<｜DSML｜invoke name=\"write_file\">\n<｜DSML｜parameter name=\"text\" string=\"true\">";
    private static final String FILE_END = "</｜DSML｜parameter>\n</｜DSML｜invoke>\n" + END;

    private static String invoke(String name, String arguments) {
        return "<｜DSML｜invoke name=\"" + name + "\">\n" + arguments + "</｜DSML｜invoke>\n";
    }

    private static String text(String name, String value) {
        return "<｜DSML｜parameter name=\"" + name + "\" string=\"true\">" + value + "</｜DSML｜parameter>\n";
    }

    private static String json(String name, String value) {
        return text(name, value).replace("\"true\"", "\"false\"");
    }

    private static String row(String calls) {
        return START + calls + END;
    }

    @Override
    ChatFormat format() {
        return new DsmlFormat();
    }

    @Override
    ModelSigns signs() {
        return ModelSigns.of(new ChatTemplate(ChatTemplate.Language.JINJA, START));
    }

    @Override
    List<String> bits() {
        return List.of(
                "<｜DSML｜function_calls>",
                END,
                "<｜DSML｜tool_calls>",
                "<｜DSML｜invoke name=\"add\">",
                "<｜DSML｜invoke name=\"weather\">",
                "</｜DSML｜invoke>",
                "<｜DSML｜parameter name=\"a\" string=\"false\">",
                "<｜DSML｜parameter name=\"city\" string=\"true\">",
                "<｜DSML｜parameter name=\"where\">",
                "<｜DSML｜parameter name=\"",
                "\" string=\"true\">",
                "</｜DSML｜parameter>",
                "<think>",
                "</think>",
                "<｜DSML",
                "\n",
                " ",
                "{\"x\": ",
                "}",
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
                row("a call behind a thought", OPEN, "Sum.</think>\n\n" + row(ADD), "[T]Sum." + ADDED),
                row("several calls in one block", row(ADD + invoke("now", "") + ADD), ADDED + "[!]now{}" + ADDED),
                row("text around calls", "a\n\n" + row(ADD) + "\nb", "[C]a" + ADDED + "[C]b"),
                row(
                        "a block as the fourth generation writes it",
                        row(ADD).replace("function_calls", "tool_calls"),
                        ADDED),
                row("the block is not opened", ADD + END + "ok", ADDED + "[C]ok"),
                row("the block is not closed", START + ADD, ADDED),
                row("the call is not closed", row(ADD).replace("</｜DSML｜invoke>\n", ""), ADDED),
                row("an argument is not closed", row(ADD).replace("1</｜DSML｜parameter>", "1"), ADDED));
    }

    private List<Case> values() {
        return List.of(
                row("a number that is said to be text", row(invoke("add", text("a", "1"))), "[!]add{\"a\":\"1\"}"),
                row(
                        "text that is said to be a number",
                        row(invoke("weather", json("city", "1"))),
                        "[!]weather{\"city\":1}"),
                row(
                        "text that is said to be JSON",
                        row(invoke("weather", json("city", "Rome"))),
                        "[!]weather{\"city\":\"Rome\"}"),
                row(
                        "JSON text in quotes",
                        row(invoke("weather", json("city", "\"Rome\""))),
                        "[!]weather{\"city\":\"\\\"Rome\\\"\"}"),
                row(
                        "nothing is said",
                        row(invoke("weather", text("days", "3").replace(" string=\"true\"", ""))),
                        "[!]weather{\"days\":3}"),
                row(
                        "an object",
                        row(invoke("weather", json("where", "{\"x\": [1, null]}"))),
                        "[!]weather{\"where\":{\"x\":[1,null]}}"),
                row("an argument that nobody described", row(invoke("now", json("zone", "2"))), "[!]now{\"zone\":2}"),
                row(
                        "text as it is",
                        FILE + "\n a \"b\"\n" + FILE_END,
                        "[!]write_file{\"text\":\"\\n a \\\"b\\\"\\n\"}"),
                row(
                        "tags inside of text",
                        FILE + "a</｜DSML｜parameter> and </｜DSML｜invoke> b" + FILE_END,
                        "[!]write_file{\"text\":\"a</｜DSML｜parameter> and </｜DSML｜invoke> b\"}"),
                row("arguments as JSON", row(invoke("add", "{\"a\": 1, \"b\": 2}\n")), ADDED));
    }

    private List<Case> brokenCalls() {
        return List.of(
                row("cut off in a value", FILE + "Once", "[?]write_file " + FILE + "Once"),
                row("cut off in a closing tag", FILE + "Once</｜DSM", "[?]write_file " + FILE + "Once</｜DSM"),
                row(
                        "cut off in what is said of a value",
                        START + "<｜DSML｜invoke name=\"add\">\n<｜DSML｜parameter name=\"a\" str",
                        "[?]add " + START + "<｜DSML｜invoke name=\"add\">\n<｜DSML｜parameter name=\"a\" str"),
                row(
                        "a tag of another kind between arguments",
                        row(invoke("add", json("a", "1") + "<parameter name=\"b\">2</｜DSML｜parameter>\n")),
                        "[?]add " + START + "<｜DSML｜invoke name=\"add\">\n" + json("a", "1")
                                + "[C]<parameter name=\"b\">2</｜DSML｜parameter>\n</｜DSML｜invoke>\n" + END));
    }

    private List<Case> texts() {
        return List.of(
                row("plain text", "Hello there.", "[C]Hello there."),
                row("a thought, then text", OPEN, "Hm.</think>Hello.", "[T]Hm.[C]Hello."),
                row("the prompt closed the thought", "<｜Assistant｜></think>", "Hello.", "[C]Hello."),
                row("a call in the thought", OPEN, "Hm.\n" + row(ADD), "[T]Hm." + ADDED),
                row("a block without calls", START + END, "[C]" + START + END),
                row(
                        "a tool that is not on offer",
                        row(invoke("nobody", json("a", "1"))),
                        "[C]" + row(invoke("nobody", json("a", "1")))),
                row(
                        "cut off in the name of the call",
                        START + "<｜DSML｜invoke name=\"ad",
                        "[C]" + START + "<｜DSML｜invoke name=\"ad"),
                row("a tag that begins", "x <｜DSML｜f", "[C]x <｜DSML｜f"),
                row("a call in a code block", "```\n" + row(ADD) + "\n```", "[C]```\n" + row(ADD) + "\n```"));
    }

    @Test
    void itAcceptsTemplatesThatShowItsSign() {
        assertThat(format().accepts(signs())).isTrue();
        assertThat(format().accepts(ModelSigns.of(new ChatTemplate(ChatTemplate.Language.JINJA, "<function_calls>"))))
                .isFalse();
    }

    @Test
    void theSignItselfMustShow() {
        assertThat(format().markers()).contains("｜DSML｜", "<think>", "</think>");
    }
}
