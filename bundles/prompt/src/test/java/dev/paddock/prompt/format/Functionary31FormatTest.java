package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.Tool;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Functionary31FormatTest extends CallsContract {
    @Override
    ChatFormat format() {
        return new Functionary31Format();
    }

    @Override
    String template() {
        return "<function=f>{}</function>";
    }

    @Override
    String opening() {
        return "<function=";
    }

    @Override
    String call(String name, String json) {
        return "<function=" + name + ">" + json + "</function>";
    }

    @Override
    String calls(String... each) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < each.length; i += 2) all.append(call(each[i], each[i + 1]));
        return all.toString();
    }

    @Override
    List<Case> own() {
        return List.of(
                row("no arguments at all", "<function=now></function> ok", "[!]now{}[C]ok"),
                row("the end is missing", "<function=now>{} ok", "[!]now{}[C]ok"),
                row("white space", "<function=now>\n{}\n</function>\n", "[!]now{}"),
                row("code without a tool that runs it", "<|python_tag|>print(1)", "[C]<|python_tag|>print(1)"),
                row("broken arguments", "<function=add>{a}</function>", "[?]add <function=add>{[C]a}</function>"));
    }

    @Test
    void codeIsACallOfTheToolThatRunsIt() {
        Map<String, Object> schema = Map.of("properties", Map.of("source", Map.of("type", "string")));
        var python = new Tool("python", Map.of("function", Map.of("name", "python", "parameters", schema)));
        String answer = "See:\n<|python_tag|>\nprint(\"a\\n\")\n# <function=f>{}";
        for (int most : new int[] {1, 3, 100}) {
            var parser = format().parser(new AnswerStart(signs(), "", List.of(python)));
            var pieces = Answers.feed(parser, Answers.cut(answer, new java.util.Random(3), most));
            Answers.checkRules(pieces);
            assertThat(Answers.shown(pieces))
                    .isEqualTo("[C]See:[!]python{\"source\":\"\\nprint(\\\"a\\\\n\\\")\\n# <function=f>{}\"}");
        }
    }

    @Test
    void taggedArgumentsAreOfOtherFamilies() {
        assertThat(format().accepts(signs())).isTrue();
        assertThat(format().accepts(signsOf("<tool_call><function=f><parameter=a></parameter></function>")))
                .isFalse();
    }
}
