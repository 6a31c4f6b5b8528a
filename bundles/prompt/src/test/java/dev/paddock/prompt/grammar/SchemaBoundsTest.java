package dev.paddock.prompt.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.runner.sampling.GrammarAcceptor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Schemas that would cost much end soon, with an error that says why. */
@Timeout(120)
class SchemaBoundsTest {
    @Test
    void tooManyProperties() {
        Object schema = object(10_000, i -> Map.of("type", "string"), List.of());
        fails(schema, "more than 1000 properties in one object");
        fails(object(600, i -> true, List.of()), "more than 500 properties in a row that may be left out");
    }

    @Test
    void asManyPropertiesAsAreAllowed() {
        List<String> required = IntStream.range(0, 1000).mapToObj(i -> "p" + i).toList();
        GrammarAcceptor all = grammar(object(1000, i -> Map.of("type", "integer"), required));
        assertThat(all.accepts(text(required))).isTrue();
        assertThat(all.accepts(text(required.subList(0, 999)))).isFalse();
        GrammarAcceptor some = grammar(object(500, i -> Map.of("type", "integer"), List.of()));
        assertThat(some.accepts(text(required.subList(0, 500)))).isTrue();
        assertThat(some.accepts(text(List.of("p3", "p499")))).isTrue();
        assertThat(some.accepts("{}")).isTrue();
        assertThat(some.accepts(text(List.of("p4", "p3")))).isFalse();
    }

    @Test
    void nestedTooDeep() {
        Object schema = Map.of("type", "null");
        for (int i = 0; i < 10_000; i++) schema = Map.of("type", "array", "items", schema);
        fails(schema, "paths of more than 200 names");
        Object value = "x";
        for (int i = 0; i < 5000; i++) value = List.of(value);
        Object constant = Map.of("enum", List.of(value));
        assertThatThrownBy(() -> new GbnfBuilder().schema(constant, true, "format"))
                .hasMessageContaining("holds a value nested deeper than 100");
    }

    @Test
    void alternativesThatMultiply() {
        Object two = Map.of("anyOf", List.of(Map.of("minLength", 1), Map.of("maxLength", 5)));
        List<Object> thirty = new ArrayList<>();
        for (int i = 0; i < 30; i++) thirty.add(two);
        fails(Map.of("type", "string", "allOf", thirty), "alternatives for one value");
        List<Object> many = new ArrayList<>();
        for (int i = 0; i < 5000; i++) many.add(two);
        fails(Map.of("type", "string", "allOf", many), "more than 100 choices for one value");
        List<Object> wide = new ArrayList<>();
        for (int i = 0; i < 5000; i++) wide.add(Map.of("const", i));
        fails(Map.of("anyOf", wide), "more than 500 alternatives for one value");
    }

    @Test
    void referencesThatMultiply() {
        Map<String, Object> definitions = new LinkedHashMap<>();
        definitions.put("d0", Map.of("type", "object", "properties", Map.of("x", Map.of("type", "null"))));
        for (int i = 1; i < 60; i++) {
            Map<String, Object> before = Map.of("$ref", "#/$defs/d" + (i - 1));
            definitions.put("d" + i, Map.of("allOf", List.of(before, before, Map.of("anyOf", List.of(before, true)))));
        }
        fails(Map.of("$ref", "#/$defs/d59", "$defs", definitions), "alternatives for one value");
        Map<String, Object> chain = new LinkedHashMap<>();
        for (int i = 0; i < 5000; i++) chain.put("d" + i, Map.of("$ref", "#/$defs/d" + (i + 1)));
        chain.put("d5000", true);
        fails(Map.of("$ref", "#/$defs/d0", "$defs", chain), "reached by more than 200 references");
    }

    @Test
    void setsOfSchemasThatMultiply() {
        Map<String, Object> definitions = new LinkedHashMap<>();
        for (int i = 0; i < 16; i++) {
            Map<String, Object> properties = new LinkedHashMap<>();
            for (int j = 0; j < 16; j++) {
                properties.put("p" + j, Map.of("$ref", "#/$defs/d" + (i * 7 + j * 5 + i * j) % 16));
            }
            definitions.put("d" + i, Map.of("type", "object", "properties", properties));
        }
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < 16; i++) all.add(Map.of("$ref", "#/$defs/d" + i));
        endsSoon(Map.of("allOf", all, "$defs", definitions));
    }

    @Test
    void alternativesThatHoldEachOther() {
        Map<String, Object> definitions = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            Map<String, Object> next = Map.of("$ref", "#/$defs/d" + (i + 1) % 100);
            Map<String, Object> other = Map.of("$ref", "#/$defs/d" + (i + 7) % 100);
            Map<String, Object> one =
                    Map.of("type", "object", "properties", Map.of("x", next), "required", List.of("x"));
            Map<String, Object> two =
                    Map.of("type", "object", "properties", Map.of("x", other), "required", List.of("x"));
            definitions.put("d" + i, Map.of("oneOf", List.of(one, two, Map.of("type", "null"))));
        }
        endsSoon(Map.of("$ref", "#/$defs/d0", "$defs", definitions));
    }

    @Test
    void patternsThatCostMuch() {
        endsSoon(object(300, i -> Map.of("pattern", "(a|b)*a(a|b){" + (9 + i % 9) + "}" + i), List.of()));
        endsSoon(object(300, i -> Map.of("pattern", "((a?){50}){5" + i + "}"), List.of()));
        endsSoon(Map.of("pattern", "(?:(?:){100000}){100000}"));
        endsSoon(Map.of("pattern", "(?:".repeat(5000)));
        endsSoon(Map.of("pattern", "(((((((a{1,90}){1,90}){1,90}){1,90}){1,90}){1,90}){1,90})"));
        endsSoon(Map.of("pattern", "[" + "a-z".repeat(3000) + "]{1,1000}"));
    }

    @Test
    void numbersThatAreLong() {
        Object small = new BigDecimal("1e-300");
        Object numbers =
                object(200, i -> Map.of("type", "number", "minimum", small, "multipleOf", i + 1000), List.of());
        endsSoon(numbers);
        fails(Map.of("minimum", new BigDecimal("1e999999999")), Fault.INVALID_REQUEST, "more than 400 digits");
        fails(Map.of("const", new BigDecimal("1e-999999999")), Fault.INVALID_REQUEST, "a number that is too long");
        endsSoon(object(300, i -> Map.of("type", "integer", "multipleOf", 3001 + i, "maximum", 1e15), List.of()));
    }

    @Test
    void valuesThatAreMany() {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < 60_000; i++) values.add("value " + i);
        fails(Map.of("enum", values), Fault.INVALID_REQUEST, "more than 50000 values");
        endsSoon(Map.of("enum", values.subList(0, 40_000), "allOf", List.of(Map.of("enum", values.subList(0, 9_000)))));
        fails(Map.of("enum", List.of("x".repeat(300_000), "y")), "");
    }

    @Test
    void manyCounts() {
        GrammarAcceptor wide = grammar(Map.of("type", "string", "minLength", 2, "maxLength", 1L << 55));
        assertThat(wide.accepts("\"ab\"")).isTrue();
        assertThat(wide.accepts("\"" + "x".repeat(5000) + "\"")).isTrue();
        assertThat(wide.accepts("\"a\"")).isFalse();
        GrammarAcceptor exact = grammar(Map.of("type", "string", "minLength", 3000, "maxLength", 3001));
        for (int length : List.of(2999, 3000, 3001, 3002)) {
            assertThat(exact.accepts("\"" + "x".repeat(length) + "\"")).isEqualTo(length == 3000 || length == 3001);
        }
        GrammarAcceptor upTo = grammar(Map.of("type", "array", "items", Map.of("const", 0), "maxItems", 777));
        for (int count : List.of(1, 124, 125, 126, 250, 251, 375, 776, 777, 778, 900)) {
            assertThat(upTo.accepts("[0" + ",0".repeat(count - 1) + "]"))
                    .as("%d items", count)
                    .isEqualTo(count <= 777);
        }
    }

    private static Map<String, Object> object(int count, IntFunction<Object> schema, List<String> required) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) properties.put("p" + i, schema.apply(i));
        return Map.of("type", "object", "properties", properties, "required", required);
    }

    private static String text(List<String> names) {
        return names.stream().map(n -> "\"" + n + "\":1").collect(Collectors.joining(",", "{", "}"));
    }

    private static GrammarAcceptor grammar(Object schema) {
        return grammar(schema, true);
    }

    private static GrammarAcceptor grammar(Object schema, boolean strict) {
        GbnfBuilder builder = new GbnfBuilder();
        return new GrammarAcceptor(builder.text(builder.schema(schema, strict, "format")));
    }

    /** With a grammar or an error, but soon. */
    private static void endsSoon(Object schema) {
        endsSoon(schema, true);
        endsSoon(schema, false);
    }

    private static void endsSoon(Object schema, boolean strict) {
        try {
            grammar(schema, strict);
        } catch (PaddockException e) {
            assertThat(e.fault()).isIn(Fault.INVALID_REQUEST, Fault.TOO_LARGE);
        }
    }

    private static void fails(Object schema, String words) {
        fails(schema, Fault.TOO_LARGE, words);
    }

    private static void fails(Object schema, Fault fault, String words) {
        assertThatThrownBy(() -> grammar(schema))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(fault))
                .hasMessageContaining(words);
    }
}
