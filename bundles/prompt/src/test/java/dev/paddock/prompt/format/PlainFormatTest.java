package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.model.Capability;
import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.ThoughtMarks;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlainFormatTest extends FormatContract {
    private static final String OBJECT = "{\"name\": \"add\", \"arguments\": {\"a\": 1}}";
    private static final String CALL = "<tool_call>\n" + OBJECT + "\n</tool_call>";
    private static final String ADD = "[!]add{\"a\":1}";
    private static final String OPEN = "<|im_start|>assistant\n<think>\n";

    private static final List<Case> CASES = List.of(
            row("plain text is content", "Hello\n\n there ", "[C]Hello\n\n there "),
            row("nothing is nothing", "", ""),
            row("white space alone is content", "\n\n", "[C]\n\n"),
            row("a thought at the start", "<think>\nHm.\n</think>\n\nIt is 4.", "[T]Hm.[C]It is 4."),
            row("the prompt opened the thought", OPEN, "Hm.\n</think>\n42", "[T]Hm.[C]42"),
            row("the prompt closed the thought", "<think>\n\n</think>\n\n", "42", "[C]42"),
            row("think tags in the middle are text", "a <think> b </think>", "[C]a <think> b </think>"),
            row("a thought that never ends", "<think>first", "[T]first"),
            row("a call in tags", CALL, ADD),
            row("a call behind text", "I will add.\n" + CALL, "[C]I will add." + ADD),
            row("text behind a call", CALL + "\nDone.", ADD + "[C]Done."),
            row("two calls", CALL + "\n" + CALL, ADD + ADD),
            row("a call behind a thought", OPEN, "Hm.</think>\n" + CALL, "[T]Hm." + ADD),
            row("JSON alone", OBJECT, ADD),
            row("JSON alone behind white space", "\n " + OBJECT + "\n", ADD),
            row("JSON alone behind a thought", OPEN, "Hm.</think>\n\n" + OBJECT, "[T]Hm." + ADD),
            row("JSON and text behind it", OBJECT + "\nThat adds.", ADD + "[C]That adds."),
            row("an array of calls", "[" + OBJECT + ", {\"name\": \"now\", \"arguments\": {}}]", ADD + "[!]now{}"),
            row("JSON in a fence", "```json\n" + OBJECT + "\n```", ADD),
            row("JSON in a fence without a language", "```\n" + OBJECT + "\n```\nok", ADD + "[C]ok"),
            row("parameters for arguments", "{\"name\": \"add\", \"parameters\": {\"a\": 1}}", ADD),
            row("JSON behind text is text", "Answer: " + OBJECT, "[C]Answer: " + OBJECT),
            row(
                    "a fence behind text is text",
                    "So:\n```json\n" + OBJECT + "\n```",
                    "[C]So:\n```json\n" + OBJECT + "\n```"),
            row("other JSON is text", "{\"answer\": 42}", "[C]{\"answer\": 42}"),
            row("an array of other things is text", "[1, 2, 3] is a list.", "[C][1, 2, 3] is a list."),
            row("a fence with other code is text", "```python\nprint(1)\n```\nok", "[C]```python\nprint(1)\n```\nok"),
            row("a fence with other JSON is text", "```json\n{\"a\": 1}\n```", "[C]```json\n{\"a\": 1}\n```"),
            row("a brace is text", "{ ... } means a block", "[C]{ ... } means a block"),
            row(
                    "a tool that is not on offer",
                    "{\"name\": \"nobody\", \"arguments\": {}}",
                    "[C]{\"name\": \"nobody\", \"arguments\": {}}"),
            row("a person is no call", "{\"name\": \"Ada\", \"age\": 36}", "[C]{\"name\": \"Ada\", \"age\": 36}"),
            row("tags in code are text", "`" + CALL.replace("\n", "") + "`", "[C]`" + CALL.replace("\n", "") + "`"),
            row(
                    "a call that is cut off",
                    "{\"name\": \"add\", \"arguments\": {\"a\"",
                    "[?]add {\"name\": \"add\", \"arguments\": {\"a\""),
            row("JSON that is cut off before it is a call", "{\"name\": \"ad", "[C]{\"name\": \"ad"));

    @Override
    ChatFormat format() {
        return new PlainFormat();
    }

    @Override
    List<String> bits() {
        return List.of(
                "<think>",
                "</think>",
                "<tool_call>",
                "</tool_call>",
                "<tool_",
                "```json\n",
                "```\n",
                "`",
                "[",
                "]",
                "{",
                "}",
                "\"",
                "\\",
                ",",
                ":",
                "\n",
                " ",
                "{\"name\": \"add\"",
                ", \"arguments\": {",
                "{\"name\": \"nobody\"",
                "\"a\": 1",
                OBJECT,
                CALL);
    }

    @Override
    List<Case> cases() {
        return CASES;
    }

    private static ModelSigns jinja(String text) {
        return ModelSigns.of(new ChatTemplate(ChatTemplate.Language.JINJA, text));
    }

    @Test
    void noModelIsShownAsOneThatCallsTools() {
        assertThat(format().capabilities(jinja("{% if tools %}{{ messages }}"))).isEmpty();
        assertThat(format().capabilities(jinja("{% if enable_thinking %}<think>{% endif %}")))
                .containsExactly(Capability.THINKING);
    }

    @Test
    void thoughtsMayHaveOtherMarks() {
        var format = PlainFormat.thinking(Optional.of(new ThoughtMarks("[T]", "[/T]")));
        var start = new AnswerStart(signs(), "", TOOLS);
        assertThat(Answers.shown(Answers.feed(format.parser(start), List.of("[T]a[/T]b"))))
                .isEqualTo("[T]a[C]b");
        assertThat(PlainFormat.thinking(Optional.empty()).thoughts(signs())).isEmpty();
    }
}
