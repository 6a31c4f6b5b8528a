package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.prompt.ToolCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KimiFormatTest extends CallsContract {
    private static final String CALL = "<|tool_call_begin|>";
    private static final String ARGUMENTS = "<|tool_call_argument_begin|>";
    private static final String END = "<|tool_call_end|>";

    @Override
    ChatFormat format() {
        return new KimiFormat();
    }

    @Override
    String template() {
        return CALL + "<think>";
    }

    @Override
    String opening() {
        return CALL;
    }

    @Override
    String call(String name, String json) {
        return CALL + "functions." + name + ":0" + ARGUMENTS + json + END;
    }

    @Override
    String calls(String... each) {
        StringBuilder all = new StringBuilder("<|tool_calls_section_begin|>");
        for (int i = 0; i < each.length; i += 2) {
            all.append(CALL).append("functions.").append(each[i]).append(":").append(i / 2);
            all.append(ARGUMENTS).append(each[i + 1]).append(END);
        }
        return all + "<|tool_calls_section_end|>";
    }

    private static Case header(String header) {
        return row("header " + header, CALL + header + ARGUMENTS + "{\"a\": 1}" + END, "[!]add{\"a\":1}");
    }

    @Override
    List<Case> own() {
        return List.of(
                header("add:3"),
                header("add"),
                header("functions.add"),
                header("functions_add_1"),
                header("functions.add_1"),
                header("functions.add-12"),
                header(" functions.add:0 "),
                row(
                        "a name with lines in it",
                        CALL + "functions.write_file:10" + ARGUMENTS + "{}" + END,
                        "[!]write_file{}"),
                row(
                        "a call's id that names no tool",
                        CALL + "call_ab12" + ARGUMENTS + "{}",
                        "[C]" + CALL + "call_ab12" + ARGUMENTS + "{}"),
                row("an empty thought", "<think></think>Hello", "[C]Hello"),
                row("a thought", "<think>Hm.</think>Hello", "[T]Hm.[C]Hello"),
                row("calls begin in a thought", "<think>I look." + calls("now", "{}"), "[T]I look.[!]now{}"),
                row(
                        "a row of one call with a wrong mark",
                        "<|tool_call_section_begin|>" + call("now", "{}"),
                        "[!]now{}"),
                row(
                        "the call's own mark is missing",
                        "<|tool_calls_section_begin|>functions.now:0" + ARGUMENTS + "{}",
                        "[!]now{}"),
                row("no mark before the arguments", CALL + "functions.now:0{}" + END, "[!]now{}"),
                row("no arguments at all", CALL + "functions.now:0" + ARGUMENTS + END + "ok", "[!]now{}[C]ok"),
                row("JSON where the id should be", CALL + "{\"name\": \"now\"}" + END, "[!]now{}"),
                row(
                        "broken arguments",
                        CALL + "functions.add:0" + ARGUMENTS + "{\"a\": oh}" + END + "ok",
                        "[?]add " + CALL + "functions.add:0" + ARGUMENTS + "{\"a\": oh}[C]ok"));
    }

    @Test
    void idsOfTheModelAreKeptOnce() {
        var pieces = read("", List.of(call("now", "{}") + call("now", "{}")));
        assertThat(pieces.getFirst()).hasToString("CallBegun[index=0, id=functions.now:0, name=now]");
        Answers.checkRules(pieces);
    }

    @Test
    void callsAndAnswersGetIdsThatNameTheTool() {
        var calls = List.of(new ToolCall("call_1", "add", Map.of()), new ToolCall("functions.now:7", "now", Map.of()));
        var messages = List.of(
                new Message(Role.ASSISTANT, "", "", calls, "", ""),
                new Message(Role.TOOL, "1", "", List.of(), "", "call_1"),
                new Message(Role.TOOL, "2", "", List.of(), "", "functions.now:7"),
                new Message(Role.ASSISTANT, "", "", List.of(new ToolCall("", "now", Map.of())), "", ""),
                new Message(Role.TOOL, "3", "", List.of(), "now", ""));
        var prepared = format().prepare(signs(), new PromptInput(messages, List.of(), Think.UNSET, "", ""))
                .messages();
        assertThat(prepared.getFirst().toolCalls().stream().map(ToolCall::id))
                .containsExactly("functions.add:0", "functions.now:7");
        assertThat(prepared.stream().map(Message::toolCallId))
                .containsExactly("", "functions.add:0", "functions.now:7", "", "functions.now:2");
    }
}
