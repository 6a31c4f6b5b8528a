package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.OutputPiece;
import java.util.List;
import org.junit.jupiter.api.Test;

class HermesFormatTest extends FormatContract {
    private static final String CALL =
            "<tool_call>\n{\"name\": \"add\", \"arguments\": {\"b\": 2, \"a\": 1}}\n</tool_call>";
    private static final String ADD = "[!]add{\"b\":2,\"a\":1}";
    private static final String OPEN = "<|im_start|>assistant\n<think>\n";

    private static final List<Case> CASES = List.of(
            row("plain text is content", "Hello\n\n there ", "[C]Hello\n\n there "),
            row("nothing is nothing", "", ""),
            row("white space alone is content", "\n\n", "[C]\n\n"),
            row(
                    "a thought at the start",
                    "\n<think>\nLet me see.\n\nYes.\n</think>\n\nIt is 4.",
                    "[T]Let me see.\n\nYes.[C]It is 4."),
            row("an empty thought is none", "<think>\n\n</think>\n\nHello", "[C]Hello"),
            row("the prompt opened the thought", OPEN, "17 + 25\n</think>\n42", "[T]17 + 25[C]42"),
            row("the prompt closed an empty thought", "<think>\n\n</think>\n\n", "\n\nIt is 42.\n", "[C]It is 42.\n"),
            row("the model opens it again", OPEN, "<think>\n17 + 25</think>42", "[T]17 + 25[C]42"),
            row("a thought that never ends", OPEN, "never closed ", "[T]never closed "),
            row("a thought that the model opened never ends", "<think>\nfirst line\nand", "[T]first line\nand"),
            row(
                    "think tags in the middle are text",
                    "The tag <think> opens.</think>",
                    "[C]The tag <think> opens.</think>"),
            row("one call", CALL, ADD),
            row("two calls after text", "Let me add.\n" + CALL + "\n" + CALL, "[C]Let me add." + ADD + ADD),
            row(
                    "text between and behind calls",
                    "a " + CALL + " b\n" + CALL + "\nc",
                    "[C]a" + ADD + "[C]b" + ADD + "[C]c"),
            row("a call inside a thought", OPEN, "I need help.\n" + CALL, "[T]I need help." + ADD),
            row("a call behind a thought", OPEN, "Sum.\n</think>\n\n" + CALL, "[T]Sum." + ADD),
            row(
                    "a thought that only mentions the tag",
                    OPEN,
                    "use <tool_call> or {not}</think>ok",
                    "[T]use <tool_call> or {not}[C]ok"),
            row(
                    "the closing tag inside an argument",
                    "<tool_call>{\"name\":\"add\",\"arguments\":{\"s\":\"a</tool_call>}\\\"{\"}}</tool_call>x",
                    "[!]add{\"s\":\"a</tool_call>}\\\"{\"}[C]x"),
            row(
                    "arguments as text",
                    "<tool_call>{\"name\":\"add\",\"arguments\":\"{\\\"a\\\":1}\"}</tool_call>",
                    "[!]add{\"a\":1}"),
            row("no arguments", "<tool_call>{\"name\":\"now\"}</tool_call>", "[!]now{}"),
            row("null for arguments", "<tool_call>{\"name\":\"now\",\"arguments\":null}</tool_call>", "[!]now{}"),
            row(
                    "parameters, and no closing tag",
                    "<tool_call>{\"name\":\"add\",\"parameters\":{\"a\":null}}",
                    "[!]add{\"a\":null}"),
            row(
                    "arguments before the name",
                    "<tool_call>{\"arguments\": {\"a\": [1, {\"x\": 2.5}]}, \"name\": \"add\"}</tool_call>",
                    "[!]add{\"a\":[1,{\"x\":2.5}]}"),
            row(
                    "a line break inside a string",
                    "<tool_call>{\"name\":\"write_file\",\"arguments\":{\"text\":\"a\nb\tc\"}}</tool_call>",
                    "[!]write_file{\"text\":\"a\\nb\\tc\"}"),
            row(
                    "letters of all kinds",
                    "<tool_call>{\"name\": \"weather\", \"arguments\": {\"city\": \"Zürich 😀 \\u00e9\"}}</tool_call>",
                    "[!]weather{\"city\":\"Zürich 😀 é\"}"),
            row("the tag alone", "<tool_call>", "[C]<tool_call>"),
            row("a tag that begins", "ends with <tool_c", "[C]ends with <tool_c"),
            row("no JSON in the tags", "<tool_call>\nhello\n</tool_call>", "[C]<tool_call>\nhello\n</tool_call>"),
            row(
                    "a tool that is not on offer",
                    "<tool_call>\n{\"name\": \"nobody\", \"arguments\": {}}\n</tool_call> rest",
                    "[C]<tool_call>\n{\"name\": \"nobody\", \"arguments\": {}}\n</tool_call> rest"),
            row(
                    "arguments that are no object",
                    "<tool_call>{\"name\": \"add\", \"arguments\": 5}</tool_call>",
                    "[C]<tool_call>{\"name\": \"add\", \"arguments\": 5}</tool_call>"),
            row(
                    "a call that is cut off",
                    "Sum: <tool_call>{\"name\": \"add\", \"arguments\": {\"a\": \"unfin",
                    "[C]Sum:[?]add  <tool_call>{\"name\": \"add\", \"arguments\": {\"a\": \"unfin"),
            row(
                    "a call that is cut off before its arguments",
                    "<tool_call>{\"name\": \"add\", \"argu",
                    "[C]<tool_call>{\"name\": \"add\", \"argu"),
            row(
                    "a call that is cut off behind its arguments",
                    "<tool_call>{\"name\": \"add\", \"arguments\": {}",
                    "[!]add{}"),
            row(
                    "arguments that turn out to be no JSON",
                    "<tool_call>{\"name\": \"add\", \"arguments\": {\"a\": }}</tool_call>ok",
                    "[?]add <tool_call>{\"name\": \"add\", \"arguments\": {\"a\": }[C]}</tool_call>ok"),
            row(
                    "Python's words and a comma too much",
                    "<tool_call>{\"name\": \"weather\", \"arguments\": {\"exact\": True, \"tags\": [None, False, 1 , ], }, }</tool_call>",
                    "[!]weather{\"exact\":true,\"tags\":[null,false,1]}"),
            row(
                    "a brace is missing",
                    "<tool_call>{\"name\": \"add\", \"arguments\": {\"a\": 1}</tool_call>\nok",
                    "[!]add{\"a\":1}[C]ok"),
            row(
                    "an array, and no comma in it",
                    "<tool_call>[{\"name\": \"now\"} {\"name\": \"add\", \"arguments\": {}}]</tool_call>ok",
                    "[!]now{}[!]add{}[C]ok"),
            row(
                    "two objects in one tag",
                    "<tool_call>\n{\"name\": \"now\"}\n{\"name\": \"add\", \"arguments\": {}}\n</tool_call>",
                    "[!]now{}[!]add{}"),
            row(
                    "a fence inside the tag",
                    "<tool_call>\n```json\n{\"name\": \"now\"}\n```\n</tool_call>\nok",
                    "[!]now{}[C]ok"),
            row(
                    "arguments twice",
                    "<tool_call>{\"arguments\": {\"a\": 1}, \"parameters\": {\"a\": 2}, \"name\": \"add\"}",
                    "[C]<tool_call>{\"arguments\": {\"a\": 1}, \"parameters\": {\"a\": 2}, \"name\": \"add\"}"),
            row(
                    "arguments again",
                    "<tool_call>{\"name\": \"add\", \"arguments\": {\"a\": 1}, \"arguments\": {}}",
                    "[!]add{\"a\":1}[C], \"arguments\": {}}"),
            row(
                    "what stands behind complete arguments is not lost",
                    "<tool_call>{\"name\": \"now\", \"arguments\": {}, more}",
                    "[!]now{}[C], more}"),
            row("a real call after a broken one", "<tool_call>{\"name\": " + CALL, "[C]<tool_call>{\"name\":" + ADD),
            row(
                    "a call in a code block is an example",
                    "Like this:\n```xml\n" + CALL + "\n```\nGot it?",
                    "[C]Like this:\n```xml\n" + CALL + "\n```\nGot it?"),
            row("a call behind a code block", "```\n<tool_call>\n```\n" + CALL, "[C]```\n<tool_call>\n```" + ADD),
            row("the tag between back-quotes", "Write `<tool_call>` first.", "[C]Write `<tool_call>` first."));

    @Override
    ChatFormat format() {
        return new HermesFormat();
    }

    @Override
    List<String> bits() {
        return List.of(
                "<tool_call>",
                "</tool_call>",
                "<think>",
                "</think>",
                "<tool_",
                "{\"name\": \"add\"",
                ", \"arguments\": {",
                "{\"name\": \"nobody\"",
                "\"a\": 1",
                "\"city\": \"",
                "\"",
                "}",
                "{",
                "[",
                "]",
                ",",
                ":",
                "\n",
                " ",
                "`",
                "```\n",
                "\\",
                "null",
                "None",
                "True",
                CALL);
    }

    @Override
    List<Case> cases() {
        return CASES;
    }

    @Test
    void contentIsGivenOutAsSoonAsItIsCertain() {
        var parser = format().parser(new AnswerStart(signs(), "", TOOLS));
        assertThat(Answers.shown(parser.accept("Hello"))).isEqualTo("[C]Hello");
        assertThat(parser.accept(" <too")).isEmpty();
        assertThat(Answers.shown(parser.accept("th>"))).isEqualTo("[C] <tooth>");
    }

    @Test
    void argumentsAreGivenOutWhileTheyCome() {
        var parser = format().parser(new AnswerStart(signs(), "", TOOLS));
        assertThat(parser.accept("<tool_call>{\"name\": \"write_file\", \"arg")).isEmpty();
        var begun = parser.accept("uments\": {\"text\": \"Once");
        assertThat(begun).hasSize(2);
        assertThat(((OutputPiece.CallBegun) begun.getFirst()).name()).isEqualTo("write_file");
        assertThat(begun.getLast()).isEqualTo(new OutputPiece.CallArguments(0, "{\"text\": \"Once"));
        assertThat(parser.accept(" upon")).containsExactly(new OutputPiece.CallArguments(0, " upon"));
    }
}
