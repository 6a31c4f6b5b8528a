package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.Tool;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Functionary32FormatTest extends CallsContract {
    private static final String OPEN = "<|start_header_id|>assistant<|end_header_id|>\n\n>>>";

    @Override
    ChatFormat format() {
        return new Functionary32Format();
    }

    @Override
    String template() {
        return ">>>all";
    }

    @Override
    String opening() {
        return ">>>";
    }

    @Override
    String call(String name, String json) {
        return ">>>" + name + "\n" + json;
    }

    @Override
    String calls(String... each) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < each.length; i += 2) all.append(call(each[i], each[i + 1]));
        return all.toString();
    }

    @Override
    String text(String text) {
        return ">>>all\n" + text;
    }

    @Override
    List<String> prompts() {
        return List.of("", OPEN);
    }

    @Override
    List<Case> own() {
        return List.of(
                row("text for all", OPEN, "all\nHello there.", "[C]Hello there."),
                row("a call at once", OPEN, "add\n{\"a\": 1}", "[!]add{\"a\":1}"),
                row(
                        "text, then calls",
                        OPEN,
                        "all\nLook.>>>now\n{}\n>>>add\n{\"a\": 1}",
                        "[C]Look.[!]now{}[!]add{\"a\":1}"),
                row("a call, then text", OPEN, "now\n{}>>>all\nDone.", "[!]now{}[C]Done."),
                row("text without address", OPEN, "Hello\nthere", "[C]Hello\nthere"),
                row("an address that is cut off", OPEN, "al", "[C]al"),
                row("an unknown address", OPEN, "nobody\n{}", "[C]nobody\n{}"),
                row("a prompt of Python's", ">>> add\n{}", "[C]>>> add\n{}"),
                row("text for all that looks like a call", OPEN, "all\nadd\n{}", "[C]add\n{}"),
                row("two texts", OPEN, "all\na>>>all\nb", "[C]ab"));
    }

    @Test
    void codeIsACallOfTheToolThatRunsIt() {
        Tool python = new Tool("python", Map.of("function", Map.of("name", "python")));
        String answer = "python\nprint('{}')\n>>>all\nDone>>>python\n{\"code\": \"1\"}";
        for (int most : new int[] {1, 4, 100}) {
            var parser = format().parser(new AnswerStart(signs(), OPEN, List.of(python)));
            var pieces = Answers.feed(parser, Answers.cut(answer, new Random(3), most));
            Answers.checkRules(pieces);
            assertThat(Answers.shown(pieces))
                    .isEqualTo("[!]python{\"code\":\"print('{}')\\n\"}[C]Done[!]python{\"code\":\"1\"}");
        }
    }

    @Test
    void contentHasAnAddress() {
        var grammar = new SimpleGrammar();
        String rule = format().answer(grammar, new AnswerStart(signs(), OPEN, List.of()), grammar.jsonValue());
        assertThat(Gbnf.of(grammar.text(rule)).matches(rule, "all\n7")).isTrue();
        String unprompted = format().answer(grammar, new AnswerStart(signs(), "", List.of()), grammar.jsonValue());
        assertThat(Gbnf.of(grammar.text(unprompted)).matches(unprompted, ">>>all\n7"))
                .isTrue();
    }
}
