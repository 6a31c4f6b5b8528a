package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.prompt.Tool;
import dev.paddock.api.prompt.ToolCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HarmonyFormatTest extends FormatContract {
    private static final String START = "<|start|>user<|message|>Hi<|end|><|start|>assistant";
    private static final String FINAL = START + "<|channel|>final<|message|>";
    private static final String THOUGHT = START + "<|channel|>analysis<|message|>";
    private static final String CALL =
            "<|channel|>commentary to=functions.add <|constrain|>json<|message|>{\"a\":1}<|call|>";
    private static final String ADD = "[!]add{\"a\":1}";

    private static final List<Case> CASES = List.of(
            row("an answer", "<|channel|>final<|message|>Hello.<|return|>", "[C]Hello."),
            row(
                    "a thought and an answer",
                    START,
                    "<|channel|>analysis<|message|>They greet.<|end|><|start|>assistant<|channel|>final<|message|>Hello.",
                    "[T]They greet.[C]Hello."),
            row("the prompt opened the answer", FINAL, "Hello.<|return|>", "[C]Hello."),
            row("the prompt opened a thought", THOUGHT, "Hm.<|end|><|start|>assistant" + CALL, "[T]Hm." + ADD),
            row("the prompt began an answer", FINAL + "Hel", "lo.", "[C]lo."),
            row("the prompt named the tool", START + " to=functions.add", "<|message|>{\"a\":1}<|call|>", ADD),
            row(
                    "the prompt began the call",
                    START + "<|channel|>commentary to=functions.add json<|message|>",
                    "{\"a\":1}<|call|>",
                    ADD),
            row("a call", START, CALL, ADD),
            row(
                    "the recipient before the channel",
                    START,
                    " to=functions.add<|channel|>commentary <|constrain|>json<|message|>{\"a\":1}<|call|>",
                    ADD),
            row(
                    "as the template writes it",
                    START,
                    " to=functions.add<|channel|>commentary json<|message|>{\"a\": 1}<|call|>",
                    ADD),
            row(
                    "a call on the channel of thoughts",
                    START,
                    "<|channel|>analysis to=functions.add code<|message|>{\"a\":1}<|call|>",
                    ADD),
            row(
                    "a preamble is content",
                    START,
                    "<|channel|>commentary<|message|>I will add.<|end|><|start|>assistant" + CALL,
                    "[C]I will add." + ADD),
            row(
                    "each message is a paragraph",
                    START,
                    "<|channel|>commentary<|message|>One.<|end|><|start|>assistant<|channel|>final<|message|>Two.<|return|>",
                    "[C]One.\n\nTwo."),
            row(
                    "two thoughts",
                    START,
                    "<|channel|>analysis<|message|>One.<|end|><|start|>assistant<|channel|>analysis<|message|>Two.<|end|>",
                    "[T]One.\n\nTwo."),
            row(
                    "an empty thought is none",
                    "<|channel|>analysis<|message|><|end|><|start|>assistant<|channel|>final<|message|>Hi",
                    "[C]Hi"),
            row(
                    "two calls",
                    START,
                    CALL + "<|start|>assistant<|channel|>commentary to=functions.now<|message|>{}<|call|>",
                    ADD + "[!]now{}"),
            row("text behind a call", CALL + "<|start|>assistant<|channel|>final<|message|>Done.", ADD + "[C]Done."),
            row("no channel at all", START, "Just text,\n not <|marked.", "[C]Just text,\n not <|marked."),
            row("no text", START, "<|channel|>final<|message|><|return|>", ""),
            row("nothing", START, "", ""),
            row("an answer that begins with a channel's name", START, "final answer: 4", "[C]final answer: 4"),
            row("the mark of the channel is missing", START, "commentary to=functions.add<|message|>{\"a\":1}", ADD),
            row(
                    "the mark of the text is missing before arguments",
                    START,
                    "<|channel|>commentary to=functions.add <|constrain|>json{\"a\":1}<|call|>",
                    ADD),
            row(
                    "the mark of the text is missing",
                    START,
                    "<|channel|>finalThe answer is 4.<|return|>",
                    "[C]The answer is 4."),
            row("the type is glued to the name", "<|channel|>commentary to=functions.addjson<|message|>{\"a\":1}", ADD),
            row(
                    "the header twice",
                    START,
                    " to=functions.add<|channel|>commentary to=functions.add<|constrain|>json<|message|>{\"a\":1}<|call|>",
                    ADD),
            row(
                    "first to the assistant, then to a tool",
                    START,
                    "<|channel|>commentary to=assistant<|channel|>commentary to=functions.add<|message|>{\"a\":1}",
                    ADD),
            row(
                    "words in a header are a thought",
                    "<|channel|>commentary 2?<|message|>Hello.<|end|>",
                    "[T]2?[C]Hello."),
            row(
                    "a header of words",
                    "<|channel|>we need to<|end|><|start|>assistant<|channel|>final<|message|>Hi.",
                    "[C]we need to\n\nHi."),
            row(
                    "without its control tokens",
                    THOUGHT,
                    "I add them.assistantcommentary to=functions.add json{\"a\":1}",
                    "[T]I add them." + ADD),
            row("the final channel with a type", "<|channel|>final <|constrain|>JSON<|message|>[1]", "[C][1]"),
            row(
                    "a tool that is not on offer",
                    "<|channel|>commentary to=functions.nobody json<|message|>{\"a\":1}<|call|>",
                    "[C]<|channel|>commentary to=functions.nobody json<|message|>{\"a\":1}"),
            row(
                    "a built-in tool that is not on offer",
                    "<|channel|>analysis to=python code<|message|>print(1)<|call|>",
                    "[T]<|channel|>analysis to=python code<|message|>print(1)"),
            row(
                    "arguments that are no JSON",
                    "<|channel|>commentary to=functions.add code<|message|>add(1)<|call|>",
                    "[C]<|channel|>commentary to=functions.add code<|message|>add(1)"),
            row(
                    "arguments that end too early",
                    "<|channel|>commentary to=functions.add<|message|>{\"a\": {\"b\": 1}<|call|>",
                    "[?]add <|channel|>commentary to=functions.add<|message|>{\"a\": {\"b\": 1}"),
            row(
                    "a call that is cut off",
                    "<|channel|>commentary to=functions.write_file<|message|>{\"text\": \"unfin",
                    "[?]write_file <|channel|>commentary to=functions.write_file<|message|>{\"text\": \"unfin"),
            row(
                    "a header that is cut off",
                    "<|channel|>commentary to=functions.add <|constrain|>",
                    "[C]<|channel|>commentary to=functions.add <|constrain|>"),
            row("no arguments", "<|channel|>commentary to=functions.now<|message|><|call|>", "[!]now{}"),
            row("neither mark nor arguments", "<|channel|>commentary to=functions.now json<|call|>", "[!]now{}"),
            row("the name without its namespace", "<|channel|>commentary to=now<|message|>{}<|call|>", "[!]now{}"),
            row(
                    "marks inside an argument",
                    "<|channel|>commentary to=functions.write_file<|message|>{\"text\": \"<|call|><|end|>{\"}<|call|>",
                    "[!]write_file{\"text\":\"<|call|><|end|>{\"}"),
            row(
                    "marks inside code are text",
                    FINAL,
                    "Write\n```\n<|start|>assistant<|channel|>final\n```\nso.",
                    "[C]Write\n```\n<|start|>assistant<|channel|>final\n```\nso."),
            row(
                    "a tool's result that the model makes up is content",
                    CALL + "<|start|>functions.add to=assistant<|channel|>commentary<|message|>2<|end|>",
                    ADD + "[T]functions.add[C]2"));

    @Override
    ChatFormat format() {
        return new HarmonyFormat();
    }

    @Override
    List<String> prompts() {
        return List.of("", START, FINAL, THOUGHT, START + "<|channel|>", START + " to=functions.add");
    }

    @Override
    List<String> bits() {
        return List.of(
                "<|start|>",
                "assistant",
                "<|channel|>",
                "analysis",
                "commentary",
                "final",
                " to=functions.add",
                " to=nobody",
                "<|constrain|>",
                "json",
                " ",
                "<|message|>",
                "<|end|>",
                "<|call|>",
                "<|return|>",
                "<|mess",
                "<|",
                "{\"a\": 1}",
                "{",
                "\"",
                "}",
                "`",
                "\n",
                "assistantcommentary to=functions.now json",
                CALL,
                "<|end|><|start|>assistant");
    }

    @Override
    List<Case> cases() {
        return CASES;
    }

    @Test
    void namesCountAsIdentifiersOfTypeScriptToo() {
        var tools = List.of(
                new Tool("web-search", Map.of()),
                new Tool("a.b", Map.of()),
                new Tool("a-b", Map.of()),
                new Tool("9", Map.of()));
        var names = new HarmonyNames(Tools.of(tools));
        assertThat(names.tool("functions.web_search")).contains("web-search");
        assertThat(names.tool("functions.web-search")).contains("web-search");
        assertThat(names.tool("functions._9")).contains("9");
        assertThat(names.tool("functions.a.b")).contains("a.b");
        assertThat(names.tool("functions.a_b")).as("of two tools").isEmpty();
    }

    @Test
    void argumentsAreGivenOutWhileTheyCome() {
        var parser = format().parser(new AnswerStart(signs(), START, TOOLS));
        assertThat(parser.accept("<|channel|>commentary to=functions.add json<|mess"))
                .isEmpty();
        assertThat(parser.accept("age|>{\"a\"")).hasSize(2).endsWith(new OutputPiece.CallArguments(0, "{\"a\""));
        assertThat(parser.accept(": 1}")).startsWith(new OutputPiece.CallArguments(0, ": 1}"));
    }

    @Test
    void textWithoutAChannelIsGivenOutAtOnce() {
        var parser = format().parser(new AnswerStart(signs(), START, List.of()));
        assertThat(Answers.shown(parser.accept("Hello"))).isEqualTo("[C]Hello");
    }

    @Test
    void aHeaderThatNeverEndsIsText() {
        var parser = format().parser(new AnswerStart(signs(), START, List.of()));
        String text = "word ".repeat(100);
        assertThat(Answers.shown(parser.accept("<|channel|>final " + text))).startsWith("[C]word word");
    }

    @Test
    void theHardestEffortIsHigh() {
        var input = new PromptInput(List.of(), List.of(), Think.MAX, "", "");
        assertThat(format().prepare(signs(), input).think()).isEqualTo(Think.HIGH);
    }

    @Test
    void eachCallOfTheHistoryIsAMessageWithItsResults() {
        var add = new ToolCall("1", "add", Map.of());
        var now = new ToolCall("2", "now", Map.of());
        var user = new Message(Role.USER, "Hi");
        var ofNow = new Message(Role.TOOL, "12:00", "", List.of(), "", "2");
        var ofAdd = new Message(Role.TOOL, "3", "", List.of(), "", "1");
        var input = new PromptInput(
                List.of(
                        user,
                        new Message(Role.ASSISTANT, "Text.", "Thought.", List.of(add, now), "", ""),
                        ofNow,
                        ofAdd,
                        user),
                List.of(),
                Think.UNSET,
                "",
                "");
        assertThat(format().prepare(signs(), input).messages())
                .containsExactly(
                        user,
                        new Message(Role.ASSISTANT, "", "Thought.\n\nText.", List.of(add), "", ""),
                        ofAdd,
                        new Message(Role.ASSISTANT, "", "", List.of(now), "", ""),
                        ofNow,
                        user);
        var go = ModelSigns.of(new ChatTemplate(ChatTemplate.Language.GO, ""));
        assertThat(format().prepare(go, input).messages()).isEqualTo(input.messages());
    }

    @Test
    void resultsWithoutIdsBelongToTheCallsInOrder() {
        var add = new ToolCall("1", "add", Map.of());
        var now = new ToolCall("2", "now", Map.of());
        var first = new Message(Role.TOOL, "3", "", List.of(), "add", "");
        var second = new Message(Role.TOOL, "12:00", "", List.of(), "now", "");
        var third = new Message(Role.TOOL, "?", "", List.of(), "", "7");
        var calls = new Message(Role.ASSISTANT, "Text.", "", List.of(add, now), "", "");
        assertThat(SingleCalls.of(List.of(calls, first, second, third)))
                .extracting(Message::content)
                .containsExactly("Text.", "3", "", "12:00", "?");
    }

    @Test
    void cutThoughtsLeadToTheAnswer() {
        String cut = format().thoughts(signs()).orElseThrow().cut();
        var read = read(THOUGHT, List.of("Long thoughts", cut, "Short answer."));
        assertThat(Answers.shown(read)).isEqualTo("[T]Long thoughts[C]Short answer.");
    }
}
