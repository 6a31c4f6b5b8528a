package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.model.Capability;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.Think;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GlimmerFormatTest extends FormatContract {
    private static final String START = "<atem:function_calls>\n";
    private static final String END = "</atem:function_calls>";
    private static final String NEXT = "<|eom|><|start|>assistant";
    private static final String THOUGHT = " to=self<|message|>Sum.";
    private static final String USER = " to=user<|message|>";
    private static final String ADD = call("add", "a", "1", "b", "2");
    private static final String ADDED = "[!]add{\"a\":1,\"b\":2}";
    private static final String FILE =
            " to=write_file<|message|>" + START + "<atem:invoke name=\"write_file\">\n<atem:parameter name=\"text\">";
    private static final String FILE_END = "</atem:parameter>\n</atem:invoke>\n" + END;

    private static String call(String name, String... arguments) {
        return " to=" + name + "<|message|>" + row(invoke(name, arguments));
    }

    private static String row(String calls) {
        return START + calls + END;
    }

    private static String invoke(String name, String... arguments) {
        StringBuilder call = new StringBuilder("<atem:invoke name=\"" + name + "\">\n");
        for (int i = 0; i < arguments.length; i += 2) {
            call.append("<atem:parameter name=\"" + arguments[i] + "\">" + arguments[i + 1] + "</atem:parameter>\n");
        }
        return call + "</atem:invoke>\n";
    }

    @Override
    ChatFormat format() {
        return new GlimmerFormat();
    }

    @Override
    List<String> prompts() {
        return List.of("<|start|>assistant");
    }

    @Override
    List<String> bits() {
        return List.of(
                " to=self",
                " to=user",
                " to=add",
                " to=nobody",
                " to=",
                "<|message|>",
                "<|eom|>",
                "<|start|>assistant",
                "<|start|>",
                NEXT,
                "<atem:function_calls>",
                END,
                "<atem:invoke name=\"add\">",
                "<atem:invoke name=\"weather\">",
                "</atem:invoke>",
                "<atem:parameter name=\"a\">",
                "<atem:parameter name=\"city\">",
                "</atem:parameter>",
                "\n",
                " ",
                "{\"x\": 1}",
                "`",
                ADD);
    }

    @Override
    List<Case> cases() {
        List<Case> all = new ArrayList<>(messages());
        all.addAll(calls());
        all.addAll(values());
        return all;
    }

    private List<Case> messages() {
        return List.of(
                row("content", USER + "Hello there.", "[C]Hello there."),
                row("a thought, then content", THOUGHT + NEXT + USER + "Hi.", "[T]Sum.[C]Hi."),
                row("two thoughts", THOUGHT + NEXT + THOUGHT + NEXT + USER + "Hi.", "[T]Sum.Sum.[C]Hi."),
                row("content and more content", USER + "a" + NEXT + USER + "b", "[C]ab"),
                row("a message to nobody in particular", "<|message|>Hi.", "[C]Hi."),
                row("text without a header", "Hi there.", "[C]Hi there."),
                row("text that begins like a header", " to you", "[C] to you"),
                row("a header that begins", " to=us", "[C] to=us"),
                row("a recipient that nobody knows", " to=w<|message|>Hi.", "[C] to=w<|message|>Hi."),
                row("a thought that is cut off", THOUGHT, "[T]Sum."),
                row("the end shows", USER + "Hi.<|eom|>", "[C]Hi."),
                row("another turn without a header", USER + "Hi.<|start|>assistant so", "[C]Hi.<|start|>assistant so"),
                row(
                        "a call that a thought shows",
                        " to=self<|message|>" + row(invoke("now")),
                        "[T]" + row(invoke("now"))),
                row(
                        "a call in a code block",
                        USER + "```\n" + row(invoke("now")) + "\n```",
                        "[C]```\n" + row(invoke("now")) + "\n```"),
                row("a mark that begins", USER + "x <atem:fun", "[C]x <atem:fun"));
    }

    private List<Case> calls() {
        return List.of(
                row("one call", ADD, ADDED),
                row("a call behind a thought", THOUGHT + NEXT + ADD, "[T]Sum." + ADDED),
                row("two calls", ADD + NEXT + call("now"), ADDED + "[!]now{}"),
                row(
                        "two calls in one block",
                        " to=add<|message|>" + row(invoke("now") + invoke("now")),
                        "[!]now{}[!]now{}"),
                row("a call, then content", ADD + NEXT + USER + "ok", ADDED + "[C]ok"),
                row("content before a call", USER + "I add.\n" + row(invoke("now")), "[C]I add.[!]now{}"),
                row("a call without a header", row(invoke("now")), "[!]now{}"),
                row("a block that is not opened", " to=now<|message|>" + invoke("now"), "[!]now{}"),
                row("a block that is not closed", ADD.replace(END, ""), ADDED),
                row("a tool that is not on offer", call("nobody"), "[C]" + call("nobody")),
                row("cut off in a value", FILE + "On", "[?]write_file " + FILE.substring(25) + "On"),
                row(
                        "cut off behind a value",
                        ADD.replace("</atem:invoke>\n" + END, "<"),
                        "[?]add " + START + invoke("add", "a", "1", "b", "2").replace("</atem:invoke>\n", "<")));
    }

    private List<Case> values() {
        return List.of(
                row(
                        "values by their types",
                        call(
                                "weather", "city", " Rome ", "days", "2", "exact", "true", "tags", "[\"a\"]", "where",
                                "{}"),
                        "[!]weather{\"city\":\" Rome \",\"days\":2,\"exact\":true,\"tags\":[\"a\"],\"where\":{}}"),
                row(
                        "text as it is",
                        FILE + "\n a \"b\"\n" + FILE_END,
                        "[!]write_file{\"text\":\"\\n a \\\"b\\\"\\n\"}"),
                row(
                        "tags inside of text",
                        FILE + "a</atem:parameter> and <|eom|></atem:invoke> b" + FILE_END,
                        "[!]write_file{\"text\":\"a</atem:parameter> and <|eom|></atem:invoke> b\"}"),
                row("a value that is null", call("add", "a", "null"), "[!]add{\"a\":null}"));
    }

    @Test
    void howHardItThinksIsAWordOfTheTemplate() {
        var input = new PromptInput(List.of(), List.of(), Think.LOW, "", "");
        assertThat(format().prepare(signs(), input).variables()).containsEntry("reasoning_strength", "low");
        var unset = new PromptInput(List.of(), List.of(), Think.UNSET, "", "");
        assertThat(format().prepare(signs(), unset)).isEqualTo(unset);
    }

    @Test
    void itAcceptsTemplatesThatShowItsTag() {
        var signs = ModelSigns.of(new ChatTemplate(ChatTemplate.Language.JINJA, START + " to=self"));
        assertThat(format().accepts(signs)).isTrue();
        assertThat(format().accepts(signs())).isFalse();
        assertThat(format().capabilities(signs)).containsExactlyInAnyOrder(Capability.TOOLS, Capability.THINKING);
        assertThat(format().markers()).contains("<|message|>", "<|eom|>", "<|start|>");
    }
}
