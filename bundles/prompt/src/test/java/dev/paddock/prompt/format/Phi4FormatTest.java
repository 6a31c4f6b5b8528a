package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.prompt.Tool;
import dev.paddock.api.prompt.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Phi4FormatTest extends JsonCallsContract {
    private static final Tool NOW = new Tool("now", Map.of("type", "function", "function", Map.of("name", "now")));

    @Override
    ChatFormat format() {
        return new Phi4Format();
    }

    @Override
    String template() {
        return "{% if message['role'] == 'system' and 'tools' in message %}<|tool|>{{ message['tools'] }}<|/tool|>";
    }

    @Override
    String opening() {
        return "<|tool_call|>";
    }

    @Override
    String closing() {
        return "<|/tool_call|>";
    }

    @Override
    List<Case> own() {
        List<Case> all = new ArrayList<>(arrays());
        String now = object("now", "{}");
        all.addAll(List.of(
                row("as another template asks for it", "functools[" + now + ", " + now + "]", "[!]now{}[!]now{}"),
                row("tools of functions in words", "Use functools for that.", "[C]Use functools for that."),
                row("tags with another ending", "<|tool_calls|>[" + now + "]<|/tool_calls|>ok", "[!]now{}[C]ok"),
                row(
                        "a brace that the template of Ollama forgets",
                        opening() + "[{\"name\":\"add\",\"arguments\":{\"a\":1}]" + closing(),
                        "[!]add{\"a\":1}"),
                row("a thought of those that reason", "<think>\nHm.\n</think>\n\nFour.", "[T]Hm.[C]Four.")));
        return all;
    }

    private static PromptInput input(List<Tool> tools, Message... messages) {
        return new PromptInput(List.of(messages), tools, Think.UNSET, "", "");
    }

    @Test
    void toolsStandInTheSystemMessage() {
        var user = new Message(Role.USER, "How late is it?");
        var prepared = format().prepare(signs(), input(List.of(NOW), new Message(Role.SYSTEM, "Be kind."), user));
        assertThat(prepared.tools()).isEmpty();
        assertThat(prepared.messages())
                .containsExactly(new Message(Role.SYSTEM, "Be kind.<|tool|>[{\"name\":\"now\"}]<|/tool|>"), user);
        assertThat(format().prepare(signs(), input(List.of(NOW), user))
                        .messages()
                        .getFirst()
                        .content())
                .startsWith("You are")
                .endsWith("<|tool|>[{\"name\":\"now\"}]<|/tool|>");
    }

    @Test
    void earlierCallsStandInTheAssistantsText() {
        var calls = List.of(new ToolCall("1", "now", Map.of()));
        var prepared =
                format().prepare(signs(), input(List.of(), new Message(Role.ASSISTANT, "So:", "", calls, "", "")));
        assertThat(prepared.messages().getFirst())
                .isEqualTo(new Message(
                        Role.ASSISTANT, "So:<|tool_call|>[{\"name\":\"now\",\"arguments\":{}}]<|/tool_call|>"));
    }

    @Test
    void aTemplateWithAPlaceForToolsGetsThem() {
        var input = input(List.of(NOW), new Message(Role.USER, "Hi"));
        assertThat(format().prepare(signsOf("{% if tools %}<|tool|>{{ tools }}<|/tool|>"), input))
                .isSameAs(input);
    }

    @Test
    void phi4IsNotOneThatCallsTools() {
        assertThat(format().accepts(signs())).isTrue();
        assertThat(format().accepts(signsOf("<|im_start|>user<|im_sep|>"))).isFalse();
    }
}
