package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ModelSigns;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class Olmo3FormatTest extends FormatContract {
    private static final String START = "<function_calls>";
    private static final String END = "</function_calls>";
    private static final String ADD = rows("add(a=1, b=2)");
    private static final String ADDED = "[!]add{\"a\":1,\"b\":2}";
    private static final String OPEN = "<|im_start|>assistant\n<think>";

    private static String rows(String... calls) {
        return START + "\n" + String.join("\n", calls) + "\n" + END;
    }

    @Override
    ChatFormat format() {
        return new Olmo3Format();
    }

    @Override
    List<String> bits() {
        return List.of(
                START,
                END,
                "add(",
                "weather(",
                "write_file(",
                ")",
                ")\n",
                "a=",
                "text=",
                "\"",
                "'",
                ", ",
                "[",
                "]",
                "true",
                "null",
                "12",
                "<think>",
                "</think>",
                "<function",
                "\n",
                " ",
                "\\",
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
                row("no line breaks", ADD.replace("\n", ""), ADDED),
                row("two calls", rows("add(a=1, b=2)", "now()"), ADDED + "[!]now{}"),
                row("commas between calls", rows("add(a=1, b=2),", "now()"), ADDED + "[!]now{}"),
                row("a list of calls", START + "[add(a=1, b=2), now()]" + END, ADDED + "[!]now{}"),
                row("text around calls", "I add.\n" + ADD + "\nDone.", "[C]I add." + ADDED + "[C]Done."),
                row("a call behind a thought", OPEN, "Sum.</think>\n\n" + ADD, "[T]Sum." + ADDED),
                row("a call in a thought", OPEN, "Sum.\n" + ADD, "[T]Sum." + ADDED),
                row("the end is missing", ADD.replace(END, ""), ADDED));
    }

    private List<Case> values() {
        return List.of(
                row(
                        "words of JSON",
                        rows("weather(city=\"Rome\", exact=true, where=null)"),
                        "[!]weather{\"city\":\"Rome\",\"exact\":true,\"where\":null}"),
                row(
                        "words of Python",
                        rows("weather(exact=False, where=None)"),
                        "[!]weather{\"exact\":false,\"where\":null}"),
                row(
                        "a list over lines",
                        rows("weather(tags=[\n\"a\",\n\"b\",\n])"),
                        "[!]weather{\"tags\":[\"a\",\"b\"]}"),
                row(
                        "an object",
                        rows("weather(where={\"x\": {\"y\": [1, 2.5]}})"),
                        "[!]weather{\"where\":{\"x\":{\"y\":[1,2.5]}}}"),
                row("escapes", rows("write_file(text=\"a\\n\\\"b\\\"\")"), "[!]write_file{\"text\":\"a\\n\\\"b\\\"\"}"),
                row("line breaks in text", rows("write_file(text=\"a\nb\")"), "[!]write_file{\"text\":\"a\\nb\"}"),
                row(
                        "code with quotes",
                        rows("write_file(text=\"print(\"a\")\nprint(\"b\")\")"),
                        "[!]write_file{\"text\":\"print(\\\"a\\\")\\nprint(\\\"b\\\")\"}"),
                row(
                        "text that ends like a call",
                        rows("write_file(text=\"f(\"a\") here\", path=\"b\")", "now()"),
                        "[!]write_file{\"text\":\"f(\\\"a\\\") here\",\"path\":\"b\"}[!]now{}"),
                row(
                        "the end inside of text",
                        rows("write_file(text=\"a " + END + " b\")"),
                        "[!]write_file{\"text\":\"a " + END + " b\"}"),
                row("one line break only", START + "add(a=1, b=2)\n" + END, ADDED),
                row(
                        "a large number",
                        rows("add(a=123456789012345678901234567890)"),
                        "[!]add{\"a\":123456789012345678901234567890}"));
    }

    private List<Case> texts() {
        return List.of(
                row(
                        "cut off in text",
                        START + "write_file(text=\"On",
                        "[?]write_file " + START + "write_file(text=\"On"),
                row("cut off in the second call", START + "now()\nadd(a=", "[!]now{}[?]add \nadd(a="),
                row("cut off in a name", START + "\nad", "[C]" + START + "\nad"),
                row("a value that is none", rows("add(a=b c)"), "[?]add " + START + "\nadd(a=b c[C])\n" + END),
                row("plain text", "Hello.", "[C]Hello."),
                row("a thought, then text", OPEN, "Hm.</think>\nHello.", "[T]Hm.[C]Hello."),
                row(
                        "a thought that names the mark",
                        OPEN,
                        "use " + START + " f</think>Hi",
                        "[T]use " + START + " f[C]Hi"),
                row("a tool that is not on offer", rows("nobody()"), "[C]" + rows("nobody()")),
                row("no calls", rows(), "[C]" + rows()),
                row("tags of others", START + "\n<invoke name=\"add\">", "[C]" + START + "\n<invoke name=\"add\">"),
                row("a tag that begins", "x <function_c", "[C]x <function_c"),
                row("a call in a code block", "```\n" + ADD + "\n```", "[C]```\n" + ADD + "\n```"));
    }

    @Test
    void itAcceptsItsMarkWithoutTagsInside() {
        assertThat(format().accepts(jinja("<function_calls>{{ calls }}</function_calls>")))
                .isTrue();
        assertThat(format().accepts(jinja("<function_calls><invoke name="))).isFalse();
        assertThat(format().accepts(jinja("<atem:function_calls>"))).isFalse();
    }

    private static ModelSigns jinja(String text) {
        return ModelSigns.of(new ChatTemplate(ChatTemplate.Language.JINJA, text));
    }
}
