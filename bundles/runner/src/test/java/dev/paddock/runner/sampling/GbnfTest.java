package dev.paddock.runner.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.runner.llama.LlamaException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class GbnfTest {
    static final String JSON = """
            # as llama.cpp has it
            root   ::= object
            value  ::= object | array | string | number | ("true" | "false" | "null") ws
            object ::=
              "{" ws (
                        string ":" ws value
                ("," ws string ":" ws value)*
              )? "}" ws
            array  ::=
              "[" ws (
                        value
                ("," ws value)*
              )? "]" ws
            string ::=
              "\\"" (
                [^"\\\\\\x7F\\x00-\\x1F] |
                "\\\\" (["\\\\bfnrt] | "u" [0-9a-fA-F]{4}) # escapes
              )* "\\"" ws
            number ::= ("-"? ([0-9] | [1-9] [0-9]{0,15})) ("." [0-9]+)? ([eE] [-+]? [0-9] [1-9]{0,15})? ws
            ws ::= | " " | "\\n" [ \\t]{0,20}
            """;

    @Test
    void theGrammarOfJsonTakesJsonAndNothingElse() {
        whole(JSON, "{\"a\": [1, -2.5e7, {\"b\\u00e9\": \"\\n\"}], \"ä🐶\": null}");
        whole(JSON, "{}");
        begun(JSON, "{\"a\": ");
        refused(JSON, "[1]");
        refused(JSON, "{a");
        refused(JSON, "{\"a\": tru!");
        refused(JSON, "{\"\\x");
        refused(JSON, "{}}");
    }

    @Test
    void repetitionsCount() {
        String grammar = "root ::= \"ab\"{2,3} [0-9]? \"x\"+ .{2} z{0,1}\nz ::= \"z\"";
        whole(grammar, "ababx..");
        whole(grammar, "ababab7xxxx");
        refused(grammar, "abx");
        refused(grammar, "abababab");
        begun(grammar, "ababx.");
        whole("root ::= [a-c]{2,}", "abcabc");
        refused("root ::= [^a-c]", "b");
        whole("root ::= [^a-c]", "-");
        whole("root ::= [\\u00e4-\\u00f6\\]\\-]*", "ä]-ö");
    }

    @Test
    void aFaultIsToldWithLineAndRule() {
        fails("root ::= \"a\"\nb ::= \"x", "line 2, rule \"b\": the grammar ends within a literal");
        fails("root ::= a b\na ::= \"x\"", "line 1, rule \"b\": it is used but not defined");
        fails("start ::= \"x\"", "no rule \"root\"");
        fails("", "no rule \"root\"");
        fails("root = \"x\"", "rule \"root\": \"::=\" is expected here, not \"=\"");
        fails("root ::= (\"a\" | \"b\"", "\")\" is expected here, not the end");
        fails("root ::= *", "nothing is there for \"*\" to repeat");
        fails("root ::= \"a\" )", "the end of the line is expected");
        fails("root ::= \"\\q\"", "no escape \\q");
        fails("root ::= [\\x4", "2 hexadecimal digits");
        fails("root ::= \"a\"{3,2}", "a repetition of 3 to 2");
        fails("root ::= \"a\"\nroot ::= \"b\"", "line 2, rule \"root\": it is defined twice");
        fails("root ::= <think>", "tokens in grammars are not supported");
        fails("root ::= \"\\UFFFFFFFF\"", "there is no character");
    }

    @Test
    void leftRecursionIsFoundWhateverHidesIt() {
        fails("root ::= root \"a\" | \"b\"", "rule \"root\": it can begin with itself");
        fails("root ::= \"x\" a\na ::= b \"1\"\nb ::= c* a \"2\" | \"3\"\nc ::= \"4\"", "it can begin with itself");
        fails("root ::= (\" \"?)*", "rule \"root\": it can begin with itself");
        whole("root ::= \"a\" root | \"\"", "aaa");
    }

    @Test
    void hostileGrammarsCostLittle() {
        fails("root ::= " + "(".repeat(100_000), "nested deeper than 200");
        fails("root ::= \"a\"{999999999}", "more than 10000 repetitions");
        fails("root ::= ((\"abc\"{9000}){9000})" + " \"abc\"{9000}".repeat(100), "too many symbols");
        fails("root ::= " + "a".repeat(300_000), "more than 262144 characters");
        StringBuilder chain = new StringBuilder("root ::= a0\n");
        for (int i = 0; i < 10_000; i++)
            chain.append("a").append(i).append(" ::= a").append(i + 1).append("\n");
        whole(chain + "a10000 ::= \"x\"", "x");
        fails(chain + "a10000 ::= root", "left recursion");
    }

    @Test
    void aTextOfTooManyReadingsIsRefusedInsteadOfFillingAllMemory() {
        String twice = "root ::= \"a\" root \"b\" | \"a\" root \"c\" | \"a\"";
        begun(twice, "aaaa");
        refused(twice, "a".repeat(64));
        String nested = "root ::= ((\"a\"? \"a\"?){0,2000} \"b\"){0,2000}";
        assertThatThrownBy(() -> guide(nested, "a")).hasMessageContaining("too many readings");
    }

    @Test
    void aGrammarOfCountlessDetoursIsRefusedInsteadOfFillingAllMemory() {
        String nothing = "nothing ::= " + "|".repeat(9_000) + " \"\"\n";
        begun(nothing + "root ::= " + "nothing ".repeat(5) + "\"a\" \"b\"", "a");
        String detours = nothing + "root ::= " + "nothing ".repeat(120) + "\"a\" \"b\"";
        assertThatThrownBy(() -> guide(detours, "a")).hasMessageContaining("too many readings");
    }

    private static void whole(String grammar, String text) {
        assertThat(guide(grammar, text).accept(0)).isTrue();
        GrammarGuide guide = guide(grammar, text);
        guide.accept(0);
        assertThat(guide.whole()).as(text).isTrue();
    }

    private static void begun(String grammar, String text) {
        GrammarGuide guide = guide(grammar, text);
        assertThat(guide.accept(0)).as(text).isTrue();
        assertThat(guide.whole()).as(text).isFalse();
    }

    private static void refused(String grammar, String text) {
        assertThat(guide(grammar, text).accept(0)).as(text).isFalse();
    }

    private static GrammarGuide guide(String grammar, String text) {
        return new GrammarGuide(
                Gbnf.parse(grammar), new PieceTable(new byte[][] {text.getBytes(StandardCharsets.UTF_8)}));
    }

    private static void fails(String grammar, String words) {
        assertThatThrownBy(() -> Gbnf.parse(grammar))
                .isInstanceOfSatisfying(
                        LlamaException.class, e -> assertThat(e.code()).isEqualTo(Fault.INVALID_REQUEST))
                .hasMessageContaining(words);
    }
}
