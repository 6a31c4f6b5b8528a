package dev.paddock.prompt.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.prompt.GrammarBuilder;
import dev.paddock.runner.sampling.GrammarAcceptor;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GbnfBuilderTest {
    private final GrammarBuilder builder = new GbnfGrammars().begin();

    @Test
    void rulesAreNamedApart() {
        assertThat(builder.rule("call", "\"a\"")).isEqualTo("call");
        assertThat(builder.rule("call", "\"b\"")).isEqualTo("call-2");
        assertThat(builder.rule("call-3", "\"c\"")).isEqualTo("call-3");
        assertThat(builder.rule("call", "\"d\"")).isEqualTo("call-4");
        assertThat(builder.rule("root", "\"e\"")).isEqualTo("root-2");
        assertThat(builder.rule("é ü_x", "\"f\"")).isEqualTo("-x");
        assertThat(builder.rule("", "\"g\"")).isEqualTo("rule");
        assertThat(builder.rule("x".repeat(100), "\"h\"")).hasSize(32);
        assertThat(builder.text("call-2")).startsWith("root ::= call-2\ncall ::= \"a\"\ncall-2 ::= \"b\"\n");
    }

    @Test
    void aLiteralIsReadAsItself() {
        String all = "\"\\[]^-\n\r\t\u0000\u0007\u007f aé漢🐶\u2028\ufeff\\n'{}";
        GrammarAcceptor grammar = new GrammarAcceptor(builder.text(builder.rule("all", builder.literal(all))));
        assertThat(grammar.accepts(all)).isTrue();
        assertThat(grammar.accepts(all.substring(1))).isFalse();
        assertThat(grammar.accepts(all + "x")).isFalse();
        assertThat(builder.literal("")).isEqualTo("\"\"");
        assertThat(builder.literal("a\"b\n")).isEqualTo("\"a\\\"b\\n\"");
    }

    @Test
    void anyObjectAndAnyValue() {
        GrammarAcceptor object = new GrammarAcceptor(builder.text(builder.jsonObject()));
        assertThat(object.accepts("{\"a\": [1, -2.5e7, {\"b\\u00e9\": \"\\n\"}], \"ä🐶\": null}"))
                .isTrue();
        assertThat(object.accepts("{}")).isTrue();
        assertThat(object.accepts("[1]")).isFalse();
        assertThat(object.accepts("{} ")).isFalse();
        GrammarBuilder other = new GbnfGrammars().begin();
        GrammarAcceptor value = new GrammarAcceptor(other.text(other.jsonValue()));
        assertThat(value.accepts("[1]")).isTrue();
        assertThat(value.accepts("\"\\ud83d\\udc36\"")).isTrue();
        assertThat(value.accepts("\"\\ud83d\"")).as("half a pair").isFalse();
    }

    @Test
    void whiteSpaceIsBounded() {
        GrammarAcceptor object = new GrammarAcceptor(builder.text(builder.jsonObject()));
        assertThat(object.accepts("{\n" + " ".repeat(20) + "\"a\":\n\t1 }")).isTrue();
        assertThat(object.accepts("{\n" + " ".repeat(21) + "\"a\":1}")).isFalse();
        assertThat(object.accepts("{\n\n\"a\":1}")).isFalse();
        assertThat(object.accepts("{  }")).isFalse();
    }

    @Test
    void aTextWithoutMarksEndsWhereTheFirstBegins() {
        String text = builder.textWithout(List.of("</think>", "<call>"));
        String answer = builder.rule("answer", text + " " + builder.literal("</think>") + " \"x\"");
        GrammarAcceptor grammar = new GrammarAcceptor(builder.text(answer));
        assertThat(grammar.accepts("a < b\n</thin\n</think>x")).isTrue();
        assertThat(grammar.accepts("</think>x")).isTrue();
        assertThat(grammar.accepts("<</think>x")).isTrue();
        assertThat(grammar.accepts("</think></think>x")).isFalse();
        assertThat(grammar.accepts("<call></think>x")).isFalse();
        assertThat(grammar.accepts("a</think")).isFalse();
    }

    @Test
    void aTextWithoutMarksMayBeAll() {
        GrammarAcceptor grammar = new GrammarAcceptor(builder.text(builder.textWithout(List.of("functools["))));
        assertThat(grammar.accepts("turn it off")).isTrue();
        assertThat(grammar.accepts("")).isTrue();
        assertThat(grammar.accepts("a functools[")).isFalse();
        GrammarBuilder other = new GbnfGrammars().begin();
        GrammarAcceptor any = new GrammarAcceptor(other.text(other.textWithout(List.of())));
        assertThat(any.accepts("a\nb 🐶\u0000")).isTrue();
    }

    @Test
    void marksAreNotEmptyAndNotEndless() {
        assertThatThrownBy(() -> builder.textWithout(List.of("a", ""))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.textWithout(List.of("x".repeat(5000))))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.TOO_LARGE));
    }

    @Test
    void severalSchemasShareWhatIsCommonToThem() {
        Map<String, Object> schema = Map.of("type", "string", "format", "date", "pattern", "^2");
        String one = builder.schema(schema, true, "tools[0]");
        String other = builder.schema(schema, true, "tools[1]");
        assertThat(one).isNotEqualTo(other);
        String text = builder.text(builder.rule("both", one + " " + other));
        assertThat(new GrammarAcceptor(text).accepts("\"2024-02-29\"\"2023-01-01\""))
                .isTrue();
        assertThat(text.lines().count()).isLessThan(30);
    }

    @Test
    void aGrammarIsNotLongerThanTheEngineTakes() {
        String large = builder.literal("x".repeat(200_000));
        builder.rule("a", large);
        assertThatThrownBy(() -> builder.rule("b", large))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.TOO_LARGE))
                .hasMessageContaining("longer than 262144 characters");
    }

    @Test
    void manyAlternativesOfOneValueAreOneReading() {
        List<Object> values = IntStream.range(0, 500)
                .mapToObj(i -> (Object) Map.of("const", Integer.toString(i * 7919, 36)))
                .toList();
        for (String keyword : List.of("anyOf", "oneOf")) {
            GbnfBuilder each = new GbnfBuilder();
            String text = each.text(each.schema(Map.of(keyword, values), true, "format"));
            assertThat(new GrammarAcceptor(text).accepts("\"" + Integer.toString(499 * 7919, 36) + "\""))
                    .isTrue();
            assertThat(text).contains("schema ::= \"\\\"\" text \"\\\"\"\n");
        }
    }

    @Test
    void manyValuesAreOneReading() {
        List<String> values = IntStream.range(0, 3000)
                .mapToObj(i -> Integer.toString(i * 7919, 36))
                .toList();
        GrammarAcceptor grammar =
                new GrammarAcceptor(builder.text(builder.schema(Map.of("enum", values), true, "format")));
        assertThat(values).allMatch(v -> grammar.accepts("\"" + v + "\""));
        assertThat(grammar.accepts("\"\"")).isFalse();
        assertThat(grammar.accepts("\"" + values.get(2000) + "x\"")).isFalse();
    }
}
