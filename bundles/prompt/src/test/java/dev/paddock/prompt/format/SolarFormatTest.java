package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class SolarFormatTest extends CallsContract {
    private static final String CALL = "<|tool_call:begin|>";

    @Override
    ChatFormat format() {
        return new SolarFormat();
    }

    @Override
    String template() {
        return CALL;
    }

    @Override
    String opening() {
        return CALL;
    }

    @Override
    String call(String name, String json) {
        return CALL + "a1b2c3d4e5<|tool_call:name|>" + name + "<|tool_call:args|>" + json + "<|tool_call:end|>";
    }

    @Override
    String calls(String... each) {
        StringBuilder all = new StringBuilder("<|tool_calls|>");
        for (int i = 0; i < each.length; i += 2) all.append(call(each[i], each[i + 1]));
        return all + "<|calls|>";
    }

    @Override
    List<Case> own() {
        return List.of(
                row("thought and text", "<|think|>a<|end|><|begin|>assistant<|content|>b<|flush|>", "[T]a[C]b"),
                row("text alone", "<|content|>b<|end|>", "[C]b"),
                row("thought and calls", "<|think|>a<|end|><|begin|>assistant" + calls("now", "{}"), "[T]a[!]now{}"),
                row("text and calls", "<|content|>b<|end|><|begin|>assistant" + calls("now", "{}"), "[C]b[!]now{}"),
                row("no id", CALL + "<|tool_call:name|>now<|tool_call:args|>{}<|tool_call:end|>", "[!]now{}"),
                row("a thought that is cut off", "<|think|>a", "[T]a"));
    }

    @Test
    void contentIsMarked() {
        var grammar = new SimpleGrammar();
        String rule = format().answer(grammar, new AnswerStart(signs(), "", List.of()), grammar.jsonValue());
        var gbnf = Gbnf.of(grammar.text(rule));
        assertThat(gbnf.matches(rule, "<|think|>x<|end|><|begin|>assistant<|content|>7"))
                .isTrue();
        assertThat(gbnf.matches(rule, "<|content|>7")).isTrue();
        assertThat(gbnf.matches(rule, "7")).isFalse();
    }
}
