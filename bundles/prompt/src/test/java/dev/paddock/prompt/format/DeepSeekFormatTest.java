package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Think;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeepSeekFormatTest extends CallsContract {
    private static final String CALL = "<｜tool▁call▁begin｜>";
    private static final String NOW = CALL + "function<｜tool▁sep｜>now\n```json\n{}\n```<｜tool▁call▁end｜>";
    private static final String END = "<｜tool▁calls▁end｜>";
    private static final String OPEN = "<｜Assistant｜><think>\n";

    @Override
    ChatFormat format() {
        return new DeepSeekFormat();
    }

    @Override
    String template() {
        return CALL + "<｜tool▁sep｜>```json";
    }

    @Override
    String opening() {
        return CALL;
    }

    @Override
    String call(String name, String json) {
        return CALL + "function<｜tool▁sep｜>" + name + "\n```json\n" + json + "\n```<｜tool▁call▁end｜>";
    }

    @Override
    String calls(String... each) {
        List<String> calls = new ArrayList<>();
        for (int i = 0; i < each.length; i += 2) calls.add(call(each[i], each[i + 1]));
        return "<｜tool▁calls▁begin｜>" + String.join("\n", calls) + END;
    }

    @Override
    List<Case> own() {
        List<Case> all = new ArrayList<>(List.of(
                row("the prompt opened the thought", OPEN, "17 + 25\n</think>\n\n42", "[T]17 + 25[C]42"),
                row("the model opens it", "<think>\n17 + 25\n</think>\n42", "[T]17 + 25[C]42"),
                row(
                        "a call behind a thought",
                        OPEN,
                        "Now.\n</think>\n\n<｜tool▁calls▁begin｜>" + NOW + END,
                        "[T]Now.[!]now{}"),
                row(
                        "a call inside a thought",
                        OPEN,
                        "I need it.\n<｜tool▁calls▁begin｜>" + NOW + END,
                        "[T]I need it.[!]now{}"),
                row("a thought that is cut off", OPEN, "Let me", "[T]Let me"),
                row("the closed thought of V3.1", "<｜Assistant｜></think>", "Hello", "[C]Hello"),
                row("text between section and text", "a <｜tool▁calls▁begin｜> b", "[C]a <｜tool▁calls▁begin｜> b"),
                row(
                        "a section twice",
                        "<｜tool▁calls▁begin｜><｜tool▁calls▁begin｜>" + NOW,
                        "[C]<｜tool▁calls▁begin｜>[!]now{}"),
                row(
                        "the call's own mark is missing",
                        "<｜tool▁calls▁begin｜>function<｜tool▁sep｜>now\n```json\n{}\n```" + END,
                        "[!]now{}"),
                row(
                        "no fence",
                        CALL + "function<｜tool▁sep｜>now\n{}" + "<｜tool▁call▁end｜>" + END + "ok",
                        "[!]now{}[C]ok"),
                row("as V3.1 writes it", CALL + "add<｜tool▁sep｜>{\"a\": 1}<｜tool▁call▁end｜>", "[!]add{\"a\":1}"),
                row("JSON where the name should be", CALL + "{\"name\": \"now\"}<｜tool▁call▁end｜>ok", "[!]now{}[C]ok"),
                row("as distillates of Qwen write it", "<tool_call>\n{\"name\": \"now\"}\n</tool_call>", "[!]now{}"),
                row("no arguments at all", CALL + "function<｜tool▁sep｜>now<｜tool▁call▁end｜>ok", "[!]now{}[C]ok"),
                row("broken arguments", CALL + "add<｜tool▁sep｜>{1}", "[?]add " + CALL + "add<｜tool▁sep｜>{[C]1}")));
        for (String section : List.of("tool▁calls", "tool_calls_begin", "tool calls begin", "tool\\_calls\\_begin")) {
            all.add(row("section " + section, "Well.\n<｜" + section + "｜>\n" + NOW + END, "[C]Well.[!]now{}"));
        }
        return all;
    }

    @Test
    void toolsAreWrittenIntoTheSystemsMessageWhereTheTemplateHasNoPlace() {
        var input = new PromptInput(
                List.of(new Message(Role.SYSTEM, "Be brief."), new Message(Role.USER, "Hi")), TOOLS, Think.ON, "", "");
        var prepared = format().prepare(signs(), input);
        assertThat(prepared.messages()).hasSize(2);
        assertThat(prepared.messages().getFirst().content())
                .startsWith("Be brief.\n\n## Tools")
                .contains(
                        "### add\nParameters: {",
                        "### write_file",
                        "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>");
        assertThat(format().prepare(signsOf(CALL + "{% if tools %}"), input)).isEqualTo(input);
        assertThat(format().prepare(signsOf("{% if thinking %}{% if tools %}"), input)
                        .variables())
                .containsEntry("thinking", true);
    }

    @Test
    void tagsOfLaterVersionsAreNotItsOwn() {
        assertThat(format().accepts(signs())).isTrue();
        assertThat(format().accepts(signsOf("<｜User｜><｜Assistant｜>"))).isTrue();
        assertThat(format().accepts(signsOf("<｜Assistant｜><｜DSML｜function_calls>")))
                .isFalse();
    }
}
