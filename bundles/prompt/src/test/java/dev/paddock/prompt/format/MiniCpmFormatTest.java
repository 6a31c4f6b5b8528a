package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ModelSigns;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MiniCpmFormatTest extends FormatContract {
    private static final String START = "<|tool_call_start|>\n```python\n";
    private static final String END = "\n```\n<|tool_call_end|>";
    private static final String ADD = block("add(a=1,b=2)");
    private static final String ADDED = "[!]add{\"a\":1,\"b\":2}";
    private static final String THOUGHT = "<|thought_start|>\nSum.\n<|thought_end|>\n";

    private static String block(String... calls) {
        return START + String.join("\n", calls) + END;
    }

    @Override
    ChatFormat format() {
        return new MiniCpmFormat();
    }

    @Override
    List<String> prompts() {
        return List.of("<|im_start|>assistant\n", "<|thought_start|>");
    }

    @Override
    List<String> bits() {
        return List.of(
                "<|tool_call_start|>",
                "<|tool_call_end|>",
                "```python\n",
                "```",
                "add(",
                "write_file(",
                ")",
                "a=",
                "text=",
                "\"",
                "'",
                ",",
                "[",
                "]",
                "True",
                "12",
                "<|thought_start|>",
                "<|thought_end|>",
                "<|t",
                "\n",
                " ",
                "\\",
                "`",
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
                row("two calls", block("add(a=1,b=2)", "now()"), ADDED + "[!]now{}"),
                row("a call behind a thought", THOUGHT + ADD, "[T]Sum." + ADDED),
                row("text behind a call", ADD + "\nLet me see.", ADDED + "[C]Let me see."),
                row("text before a call", "I add.\n" + ADD, "[C]I add." + ADDED),
                row("a block of no language", ADD.replace("python", ""), ADDED),
                row("a block of short name", ADD.replace("python", "py"), ADDED),
                row("no block", ADD.replace("```python\n", "").replace("```\n", ""), ADDED),
                row("the block is not closed", ADD.replace("\n```\n", "\n"), ADDED),
                row("nothing is closed", ADD.replace(END, ""), ADDED),
                row("a blank line between calls", block("add(a=1,b=2)\n", "now()"), ADDED + "[!]now{}"),
                row("a semicolon between calls", block("add(a=1,b=2); now()"), ADDED + "[!]now{}"));
    }

    private List<Case> values() {
        return List.of(
                row(
                        "values of all types",
                        block("weather(city=\"Rome\",days=2,exact=true,tags=[\"a\", \"b\"],where={\"x\": null})"),
                        "[!]weather{\"city\":\"Rome\",\"days\":2,\"exact\":true,\"tags\":[\"a\",\"b\"],\"where\":{\"x\":null}}"),
                row(
                        "words of Python",
                        block("weather(exact=False,where=None)"),
                        "[!]weather{\"exact\":false,\"where\":null}"),
                row(
                        "text in quotes",
                        block("write_file(text=\"Paris \\\"FR\\\" <x> & é\")"),
                        "[!]write_file{\"text\":\"Paris \\\"FR\\\" <x> & é\"}"),
                row(
                        "a block inside of text",
                        block("write_file(text=\"```sh\nls\n```\")"),
                        "[!]write_file{\"text\":\"```sh\\nls\\n```\"}"),
                row(
                        "quotes that are not escaped",
                        block("write_file(text='it's', path='a')"),
                        "[!]write_file{\"text\":\"it's\",\"path\":\"a\"}"));
    }

    private List<Case> texts() {
        return List.of(
                row(
                        "cut off in text",
                        START + "write_file(text=\"On",
                        "[?]write_file " + START + "write_file(text=\"On"),
                row("cut off behind an argument", START + "add(a=1", "[?]add " + START + "add(a=1"),
                row("cut off in a name", START + "ad", "[C]" + START + "ad"),
                row("cut off in the block's name", "<|tool_call_start|>\n```pyt", "[C]<|tool_call_start|>\n```pyt"),
                row("a value that is none", block("add(a=)"), "[?]add " + START + "add(a=[C])" + END),
                row("plain text", "Hello.", "[C]Hello."),
                row("a thought, then text", THOUGHT + "Hello.", "[T]Sum.[C]Hello."),
                row("a thought that never ends", "<|thought_start|>\nHm", "[T]Hm"),
                row("the prompt opened the thought", "<|thought_start|>", "\nHm.<|thought_end|>Hi", "[T]Hm.[C]Hi"),
                row("a call in a thought", "<|thought_start|>Hm.\n" + ADD, "[T]Hm." + ADDED),
                row("a tool that is not on offer", block("nobody()"), "[C]" + block("nobody()")),
                row("code that is no call", block("x = add(a=1)"), "[C]" + block("x = add(a=1)")),
                row("an empty block", START + "```", "[C]" + START + "```"),
                row("a tag that begins", "x <|tool", "[C]x <|tool"),
                row("tags of others", "<think>a</think>", "[C]<think>a</think>"));
    }

    @Test
    void itAcceptsTemplatesThatShowItsThoughts() {
        assertThat(format().accepts(jinja("<|thought_start|> <|tool_call_start|>")))
                .isTrue();
        assertThat(format().accepts(jinja("<|tool_call_start|>["))).isFalse();
    }

    private static ModelSigns jinja(String text) {
        return ModelSigns.of(new ChatTemplate(ChatTemplate.Language.JINJA, text));
    }
}
