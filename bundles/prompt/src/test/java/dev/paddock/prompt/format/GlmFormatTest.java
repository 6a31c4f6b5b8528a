package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ModelSigns;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GlmFormatTest extends FormatContract {
    private static final String ADD = call("add", "a", "1", "b", "2");
    private static final String TIGHT = ADD.replace("\n", "");
    private static final String ADDED = "[!]add{\"a\":1,\"b\":2}";
    private static final String FILE = "<tool_call>write_file<arg_key>text</arg_key><arg_value>";
    private static final String FILE_END = "</arg_value></tool_call>";

    private static String call(String name, String... arguments) {
        StringBuilder call = new StringBuilder("<tool_call>" + name + "\n");
        for (int i = 0; i < arguments.length; i += 2) {
            call.append("<arg_key>" + arguments[i] + "</arg_key>\n<arg_value>" + arguments[i + 1] + "</arg_value>\n");
        }
        return call + "</tool_call>";
    }

    @Override
    ChatFormat format() {
        return new GlmFormat();
    }

    @Override
    ModelSigns signs() {
        return ModelSigns.of(new ChatTemplate(ChatTemplate.Language.JINJA, "<tool_call>{{ name }}<arg_key>"));
    }

    @Override
    List<String> prompts() {
        return List.of("<|assistant|>", "<|assistant|><think>", "<|assistant|>\n<think></think>");
    }

    @Override
    List<String> bits() {
        return List.of(
                "<tool_call>",
                "</tool_call>",
                "add",
                "add\n",
                "now",
                "weather",
                "<arg_key>",
                "a",
                "city",
                "tags",
                "</arg_key>",
                "<arg_value>",
                "</arg_value>",
                "<think>",
                "</think>",
                "</arg_",
                "\n",
                " ",
                "{",
                "\"a\": 1",
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
                row("one call", "\n" + ADD, ADDED),
                row("one call without line breaks", TIGHT, ADDED),
                row("two calls, text before", "I add.\n" + ADD + "\n" + ADD, "[C]I add." + ADDED + ADDED),
                row("two calls without line breaks", TIGHT + TIGHT, ADDED + ADDED),
                row("text behind a call survives", ADD + "\nok", ADDED + "[C]ok"),
                row("no arguments", "<tool_call>now</tool_call>", "[!]now{}"),
                row("no arguments, on lines", call("now"), "[!]now{}"),
                row("the name on its own line", ADD.replace(">add", ">\nadd"), ADDED),
                row("a value is not opened", TIGHT.replace("</arg_key><arg_value>1", "</arg_key>1"), ADDED),
                row("a value is not closed before the next key", TIGHT.replace("1</arg_value>", "1"), ADDED),
                row("a value is not closed before the end", TIGHT.replace("2</arg_value>", "2"), ADDED),
                row("a key is closed twice", TIGHT.replace("a</arg_key>", "a</arg_key></arg_key>"), ADDED),
                row("a key is opened twice", TIGHT.replace("<arg_key>a", "<arg_key><arg_key>a"), ADDED),
                row("the call is not closed", TIGHT.replace("</tool_call>", ""), ADDED),
                row("the first of two calls is not closed", TIGHT.replace("</tool_call>", "") + TIGHT, ADDED + ADDED),
                row("name and JSON", "<tool_call>add\n{\"a\": 1, \"b\": 2}\n</tool_call>", ADDED),
                row("name and JSON without a line break", "<tool_call>add{\"a\": 1, \"b\": 2}</tool_call>", ADDED),
                row(
                        "a call as JSON",
                        "<tool_call>{\"name\": \"add\", \"arguments\": {\"a\": 1, \"b\": 2}}</tool_call>",
                        ADDED));
    }

    private List<Case> values() {
        return List.of(
                row(
                        "values by their types",
                        call(
                                "weather", "city", "Köln", "days", "2", "exact", "false", "tags", "[\"a\"]", "where",
                                "{}"),
                        "[!]weather{\"city\":\"Köln\",\"days\":2,\"exact\":false,\"tags\":[\"a\"],\"where\":{}}"),
                row("white space around a number", TIGHT.replace("1<", "\n 1 \n<"), ADDED),
                row("lines of text", FILE + "\n a\n" + FILE_END, "[!]write_file{\"text\":\"\\n a\\n\"}"),
                row(
                        "tags inside of text",
                        FILE + "a </arg_value> and <arg_key>b</arg_key> </tool_call> c" + FILE_END,
                        "[!]write_file{\"text\":\"a </arg_value> and <arg_key>b</arg_key> </tool_call> c\"}"),
                row("a key that may be text", FILE + "<arg_key" + FILE_END, "[!]write_file{\"text\":\"<arg_key\"}"),
                row("cut off in a value", FILE + "Once", "[?]write_file " + FILE + "Once"),
                row("cut off in a closing tag", FILE + "Once</arg_", "[?]write_file " + FILE + "Once</arg_"),
                row("cut off in a key", "<tool_call>add<arg_key>a", "[?]add <tool_call>add<arg_key>a"),
                row(
                        "cut off behind a key",
                        "<tool_call>add<arg_key>a</arg_key>",
                        "[?]add <tool_call>add<arg_key>a</arg_key>"),
                row("cut off behind the name", "<tool_call>add\n", "[?]add <tool_call>add\n"),
                row(
                        "something else between arguments",
                        "<tool_call>add<arg_key>a</arg_key><arg_value>1</arg_value><arg_value>2</tool_call>",
                        "[?]add <tool_call>add<arg_key>a</arg_key><arg_value>1</arg_value>[C]<arg_value>2</tool_call>"));
    }

    private List<Case> texts() {
        return List.of(
                row("plain text", "\nHello there.", "[C]\nHello there."),
                row("a thought, then text", "\n<think>Hm.</think>\nHello.", "[T]Hm.[C]Hello."),
                row("an empty thought", "\n<think></think>\nHello.", "[C]Hello."),
                row("the prompt opened the thought", "<|assistant|><think>", "Hm.</think>" + TIGHT, "[T]Hm." + ADDED),
                row("the model closes what nobody opened", "</think>Hello.", "[C]Hello."),
                row("the prompt closed it", "<|assistant|>\n<think></think>", "\n" + ADD, ADDED),
                row("a call in the thought", "<think>", "Hm." + TIGHT, "[T]Hm." + ADDED),
                row(
                        "a thought that names the tag",
                        "<think>",
                        "<tool_call>add it</think>3",
                        "[T]<tool_call>add it[C]3"),
                row("a tool that is not on offer", call("nobody"), "[C]" + call("nobody")),
                row("a name that only begins like one", call("adder", "a", "1"), "[C]" + call("adder", "a", "1")),
                row("the tag alone", "<tool_call>", "[C]<tool_call>"),
                row("a tag that begins", "x <tool", "[C]x <tool"),
                row("a call in a code block", "```\n" + ADD + "\n```", "[C]```\n" + ADD + "\n```"));
    }

    @Test
    void itAcceptsTemplatesThatShowItsKeys() {
        assertThat(format().accepts(signs())).isTrue();
        assertThat(format().accepts(ModelSigns.of(new ChatTemplate(ChatTemplate.Language.JINJA, "<tool_call>"))))
                .isFalse();
        assertThat(format().markers())
                .contains("<tool_call>", "<arg_key>", "</arg_key>", "<arg_value>", "</arg_value>");
    }

    @Test
    void whatEndsLagunasTurnIsNoText() {
        var laguna = ModelSigns.of(new ChatTemplate(ChatTemplate.Language.JINJA, "<arg_key> <assistant></assistant>"));
        var read = Answers.feed(
                format().parser(new AnswerStart(laguna, "<assistant>\n</think>", TOOLS)),
                List.of("\nHello.\n" + ADD + "\n</assistant>\n"));
        assertThat(Answers.shown(read)).isEqualTo("[C]Hello." + ADDED);
    }
}
