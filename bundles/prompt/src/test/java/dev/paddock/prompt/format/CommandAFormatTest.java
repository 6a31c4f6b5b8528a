package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandAFormatTest extends JsonCallsContract {
    private static final String CLOSED = "<|CHATBOT_TOKEN|><|START_THINKING|><|END_THINKING|>";

    @Override
    ChatFormat format() {
        return new CommandAFormat();
    }

    @Override
    String template() {
        return "<|START_ACTION|>";
    }

    @Override
    String opening() {
        return "<|START_ACTION|>";
    }

    @Override
    String closing() {
        return "<|END_ACTION|>";
    }

    @Override
    String object(String name, String json) {
        return "{\"tool_call_id\": \"0\", \"tool_name\": \"" + name + "\", \"parameters\": " + json + "}";
    }

    @Override
    List<String> prompts() {
        return List.of("", CLOSED);
    }

    @Override
    List<Case> own() {
        List<Case> all = new ArrayList<>(arrays());
        all.addAll(List.of(
                row("framed text", "<|START_RESPONSE|>Hello there.<|END_RESPONSE|>", "[C]Hello there."),
                row("framed text of 2026", "<|START_TEXT|>Hello there.<|END_TEXT|>", "[C]Hello there."),
                row("a thought before text", "<|START_THINKING|>Hm.<|END_THINKING|><|START_RESPONSE|>4", "[T]Hm.[C]4"),
                row("no thought", CLOSED, "<|START_RESPONSE|>4<|END_RESPONSE|>", "[C]4"),
                row(
                        "a thought before actions",
                        "<|START_THINKING|>Hm.<|END_THINKING|>" + calls("now", "{}"),
                        "[T]Hm.[!]now{}"),
                row(
                        "actions between two texts",
                        "<|START_TEXT|>a<|END_TEXT|>" + calls("now", "{}") + "<|START_TEXT|>b<|END_TEXT|>",
                        "[C]a[!]now{}[C]b"),
                row(
                        "usual keys",
                        "<|START_ACTION|>[{\"name\": \"add\", \"arguments\": {\"a\": 1}}]",
                        "[!]add{\"a\":1}")));
        return all;
    }

    @Test
    void contentIsFramed() {
        var grammar = new SimpleGrammar();
        String rule = format().answer(grammar, new AnswerStart(signs(), CLOSED, List.of()), grammar.jsonValue());
        assertThat(Gbnf.of(grammar.text(rule)).matches(rule, "<|START_RESPONSE|>7<|END_RESPONSE|>"))
                .isTrue();
        var start = new AnswerStart(signsOf("<|START_ACTION|><|START_TEXT|>"), "", List.of());
        String later = format().answer(grammar, start, grammar.jsonValue());
        assertThat(Gbnf.of(grammar.text(later))
                        .matches(later, "<|START_THINKING|>x<|END_THINKING|><|START_TEXT|>7<|END_TEXT|>"))
                .isTrue();
    }
}
