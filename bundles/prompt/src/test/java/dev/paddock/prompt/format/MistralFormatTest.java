package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.model.Capability;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.prompt.ToolCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MistralFormatTest extends CallsContract {
    private static final String CALL = "[TOOL_CALLS]";

    @Override
    ChatFormat format() {
        return new MistralFormat();
    }

    @Override
    String template() {
        return "[TOOL_CALLS] [ARGS] [THINK]";
    }

    @Override
    String opening() {
        return CALL;
    }

    @Override
    String call(String name, String json) {
        return CALL + name + "[ARGS]" + json;
    }

    @Override
    String calls(String... each) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < each.length; i += 2) all.append(call(each[i], each[i + 1]));
        return all.toString();
    }

    @Override
    List<String> prompts() {
        return List.of("", "[/INST][THINK]");
    }

    @Override
    List<Case> own() {
        return List.of(
                row("a thought", "[THINK]Let me see.[/THINK]It is 4.", "[T]Let me see.[C]It is 4."),
                row("the prompt opened the thought", "[INST]a[/INST][THINK]", "Sum.[/THINK]\n42", "[T]Sum.[C]42"),
                row(
                        "a call in a thought is text",
                        "[THINK]Use [TOOL_CALLS]now[ARGS]{} later.[/THINK]ok",
                        "[T]Use [TOOL_CALLS]now[ARGS]{} later.[C]ok"),
                row("a call behind a thought", "[THINK]Hm.[/THINK][TOOL_CALLS]now[ARGS]{}", "[T]Hm.[!]now{}"),
                row("a second thought", "[THINK]a[/THINK]b[THINK]c[/THINK]d", "[T]a[C]b[T]c[C]d"),
                row("without the mark before arguments", "[TOOL_CALLS]add{\"a\": 1}", "[!]add{\"a\":1}"),
                row("with spaces", "[TOOL_CALLS] add [ARGS] {\"a\": 1}\n", "[!]add{\"a\":1}"),
                row("with an id", "[TOOL_CALLS]add[CALL_ID]abcdef123[ARGS]{\"a\": 1}", "[!]add{\"a\":1}"),
                row(
                        "with the same id twice",
                        "[TOOL_CALLS]now[CALL_ID]abcdef123[ARGS]{}[TOOL_CALLS]now[CALL_ID]abcdef123[ARGS]{}",
                        "[!]now{}[!]now{}"),
                row(
                        "an array of calls",
                        "[TOOL_CALLS] [{\"name\": \"add\", \"arguments\": {\"a\": 1}, \"id\": \"abcdef123\"}, {\"name\": \"now\", \"arguments\": {}}]",
                        "[!]add{\"a\":1}[!]now{}"),
                row("an object", "[TOOL_CALLS]{\"name\": \"now\"} ok", "[!]now{}[C]ok"),
                row(
                        "an array without the mark",
                        "\n[{\"name\": \"add\", \"arguments\": {\"a\": 1}}]",
                        "[!]add{\"a\":1}"),
                row("a list is text", " [1, 2]", "[C] [1, 2]"),
                row("a mark in the name", "[TOOL_CALLS]ad[TOOL_CALLS]now[ARGS]{}", "[C][TOOL_CALLS]ad[!]now{}"),
                row(
                        "broken arguments",
                        "[TOOL_CALLS]add[ARGS]{\"a\": 1]} ok",
                        "[?]add [TOOL_CALLS]add[ARGS]{\"a\": 1[C]]} ok"));
    }

    @Test
    void idsOfTheModelAreKept() {
        var begun =
                read("", List.of("[TOOL_CALLS]now[CALL_ID]abcdef123[ARGS]{}")).getFirst();
        assertThat(begun).hasToString("CallBegun[index=0, id=abcdef123, name=now]");
    }

    @Test
    void callsAndAnswersGetIdsOfNineLetters() {
        var calls = List.of(
                new ToolCall("call_x7f3k2m9", "add", Map.of()),
                new ToolCall("", "now", Map.of()),
                new ToolCall("abcdef123", "now", Map.of()));
        var input = input(List.of(
                new Message(Role.ASSISTANT, "a", "b", calls, "", ""),
                new Message(Role.TOOL, "1", "", List.of(), "now", ""),
                new Message(Role.TOOL, "2", "", List.of(), "", "call_x7f3k2m9"),
                new Message(Role.TOOL, "3", "", List.of(), "", "abcdef123"),
                new Message(Role.TOOL, "4", "", List.of(), "", "")));
        var messages = format().prepare(signs(), input).messages();
        assertThat(messages.getFirst().content()).isEqualTo("[THINK]b[/THINK]a");
        var ids = messages.getFirst().toolCalls().stream().map(ToolCall::id).toList();
        assertThat(ids)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-zA-Z0-9]{9}"))
                .contains("abcdef123");
        assertThat(messages.subList(1, 4).stream().map(Message::toolCallId))
                .containsExactly(ids.get(1), ids.get(0), ids.get(2));
        assertThat(messages.getLast().toolCallId()).hasSize(9);
    }

    private static PromptInput input(List<Message> messages) {
        return new PromptInput(messages, List.of(), Think.UNSET, "", "");
    }

    @Test
    void onlyTemplatesWithThoughtsAreOfModelsThatThink() {
        assertThat(format().capabilities(signs())).containsExactlyInAnyOrder(Capability.TOOLS, Capability.THINKING);
        assertThat(format().capabilities(signsOf("[TOOL_CALLS]"))).containsExactly(Capability.TOOLS);
        assertThat(format().thoughts(signsOf("[TOOL_CALLS]"))).isEmpty();
        assertThat(format().thoughts(signsOf("[TOOL_CALLS] <think>"))).contains(Layout.THINK);
    }
}
