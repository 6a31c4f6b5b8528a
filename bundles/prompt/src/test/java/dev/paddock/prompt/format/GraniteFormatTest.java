package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.model.Capability;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.Think;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraniteFormatTest extends JsonCallsContract {
    @Override
    ChatFormat format() {
        return new GraniteFormat();
    }

    @Override
    String template() {
        return "<|tool_call|> {% if thinking %}<think>";
    }

    @Override
    String opening() {
        return "<|tool_call|>";
    }

    @Override
    String closing() {
        return "";
    }

    @Override
    List<Case> own() {
        List<Case> all = new ArrayList<>(arrays());
        all.addAll(List.of(
                row("thought and response", "<think>Hm.</think>\n\n<response>4</response>", "[T]Hm.[C]4"),
                row("an array at the start", "[" + object("now", "{}") + "]", "[!]now{}"),
                row(
                        "an array behind text is text",
                        "x [" + object("now", "{}") + "]",
                        "[C]x [" + object("now", "{}") + "]"),
                row("an array behind a thought", "<think>a</think>\n[" + object("now", "{}") + "]", "[T]a[!]now{}"),
                row("another mark", "<tool_call>[" + object("now", "{}") + "]</tool_call>", "[!]now{}")));
        return all;
    }

    @Test
    void sentencesMarkTheThoughtsOfGranite32() {
        var signs = signsOf("<|tool_call|> {% if thinking %} Here is my thought process: Here is my response:");
        assertThat(format().capabilities(signs)).contains(Capability.THINKING);
        for (String is : List.of(" is", "'s")) {
            var parser = format().parser(new dev.paddock.api.prompt.AnswerStart(signs, "", TOOLS));
            String answer = "Here" + is + " my thought process: 2 + 2.\n\nHere" + is + " my response: 4";
            assertThat(Answers.shown(Answers.feed(parser, List.of(answer)))).isEqualTo("[T]2 + 2.[C]4");
        }
    }

    @Test
    void theTemplatesOwnSwitchIsSet() {
        var input = new PromptInput(List.of(), List.of(), Think.OFF, "", "");
        assertThat(format().prepare(signs(), input).variables()).containsEntry("thinking", false);
        var unset = new PromptInput(List.of(), List.of(), Think.UNSET, "", "");
        assertThat(format().prepare(signs(), unset)).isEqualTo(unset);
    }
}
